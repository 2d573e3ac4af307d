import type { Command } from "../../../../src/chat/session/session-message.ts"

export const people = ["anna", "ben", "cleo", "dora"]

/** Something that somebody does; messages are named by who says them, and what. */
export type Deed =
  | {
      readonly type: "say"
      readonly who: string
      readonly to: string
      readonly what: string
      readonly clientId: string | undefined
    }
  | { readonly type: "ack"; readonly who: string; readonly share: number }
  | {
      readonly type: "mark"
      readonly who: string
      readonly make: (ids: ReadonlyMap<string, string>) => Command
    }
  | { readonly type: "come"; readonly who: string; readonly share: number | undefined; readonly room: number }
  | { readonly type: "drained" | "drop" | "leave"; readonly who: string }
  | { readonly type: "wait"; readonly ms: number }

/** Random deeds, a little more talk than all else. */
export function deeds(random: () => number, count: number, first: number): Deed[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  return Array.from({ length: count }, (_, i): Deed => {
    const who = pick(people)
    const other = pick(people.filter((each) => each !== who))
    const fresh = `message ${first + i}`
    const clientId = random() < 0.7 ? fresh : undefined
    const what = `message ${Math.floor(random() * (first + i))}`
    const mark = (make: (ids: ReadonlyMap<string, string>) => Command): Deed => ({ type: "mark", who, make })
    const messageOf = (ids: ReadonlyMap<string, string>) =>
      ids.get(`${who}: ${what}`) ?? ids.get(`${other}: ${what}`) ?? "none"
    const block = pick(["block", "unblock"] as const)
    const [share, ms, emoji, away] = [
      random(),
      1 + Math.floor(random() * 4000),
      pick(["👍", null]),
      random() < 0.5,
    ]
    const name = "n".repeat(1 + random() * 20)
    const stranger = pick([other, "somebody else", "another"])
    const say = (): Deed => ({ type: "say", who, to: other, what: fresh, clientId })
    const makers: (() => Deed)[] = [
      say,
      say,
      say,
      say,
      () => ({ type: "say", who, to: other, what, clientId: what }),
      () => ({ type: "ack", who, share }),
      () => mark((ids) => ({ type: "seen", peerId: other, messageId: messageOf(ids) })),
      () => mark((ids) => ({ type: "react", peerId: other, messageId: messageOf(ids), emoji })),
      () => mark((ids) => ({ type: "unsend", peerId: other, messageId: messageOf(ids) })),
      () => mark(() => ({ type: block, userId: other })),
      () => mark(() => ({ type: "watch", userIds: [stranger] })),
      () => mark(() => ({ type: "unwatch", userIds: [stranger] })),
      () => mark(() => ({ type: "rename", name })),
      () => mark(() => ({ type: "status", away })),
      () => ({ type: "come", who, share: pick([undefined, share]), room: pick([3, 1e9]) }),
      () => ({ type: pick(["drained", "drop"] as const), who }),
      () => (random() < 0.1 ? { type: "leave", who } : { type: "wait", ms }),
    ]
    return pick(makers)()
  })
}
