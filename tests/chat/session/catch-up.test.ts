import { expect, test } from "bun:test"
import { Account, costs } from "../../../src/chat/memory/memory-budget.ts"
import { PendingStatuses } from "../../../src/chat/session/outlets/pending-statuses.ts"
import type { SessionEvent } from "../../../src/chat/session/session-message.ts"
import type { RecordingOutlet } from "../../support/stage.ts"
import {
  drained,
  eachSeed,
  knock,
  numbersOf,
  pick,
  type Stage,
  shuffled,
  speak,
  upTo,
} from "../presence/at-once.ts"

test("statuses after a replay go out as there is room, and live is who has them all (C24)", () => {
  eachSeed((stage) => {
    const { anna, strangers } = visited(stage, 6)
    const slow = knock(stage, anna.id, anna.at(0))
    slow.room = 1 + pick(stage, 4)
    stage.flush()
    for (let drains = 0; !slow.live; drains++) {
      const [told, room] = [slow.events.length, 1 + pick(stage, 4)]
      drained(anna, slow, room)
      stage.flush()
      expect(slow.events.length - told).toBeLessThanOrEqual(room + 1)
      expect(drains).toBeLessThan(100)
    }
    expect(slow.of("presence").map(({ person }) => person.name)).toEqual(strangers.map(nameOf))
    expect(slow.of("reactions")).toHaveLength(6)
  })
})

test("what changes while statuses wait for room is told as it is in the end, after the messages (D10)", () => {
  eachSeed((stage) => {
    const { anna, strangers } = visited(stage, 5)
    const slow = knock(stage, anna.id, anna.at(0))
    slow.room = 1 + pick(stage, 3)
    stage.flush()
    for (let round = 0; round < 12; round++) {
      const one = strangers[pick(stage, strangers.length)]
      if (one === undefined) throw new Error("nobody there")
      const first = one.of("message")[0]?.message.id ?? ""
      const changes = [
        () => one.obey({ type: "react", peerId: anna.id, messageId: first, emoji: round % 2 ? "👍" : "🎉" }),
        () => one.obey({ type: "rename", name: `${one.greeting.name} ${round}` }),
        () => one.obey({ type: "unsend", peerId: anna.id, messageId: first }),
        () => speak(one, anna, 1, `round ${round}`),
        () => anna.say(one.id, `answer ${round}`),
        () => one.acknowledge(one.of("message").at(-1)?.seq ?? 0),
      ]
      for (const step of shuffled(stage, changes).slice(0, 2)) step()
      drained(anna, slow, 1 + pick(stage, 3))
      stage.flush()
    }
    drained(anna, slow, Number.POSITIVE_INFINITY)
    stage.flush()
    const fresh = knock(stage, anna.id, anna.at(0))
    stage.flush()
    expect(slow.live).toBe(true)
    expect(numbersOf(slow)).toEqual(numbersOf(fresh))
    expect(asItEnds(slow.events)).toEqual(asItEnds(fresh.events))
  })
})

test("an outlet that falls behind lacks nothing when it has caught up, and gets nothing twice (D11)", () => {
  eachSeed((stage) => {
    const { anna, strangers } = visited(stage, 4)
    const slow = knock(stage, anna.id, anna.at(0))
    stage.flush()
    for (let round = 0; round < 15; round++) {
      const one = strangers[pick(stage, strangers.length)]
      if (one === undefined) throw new Error("nobody there")
      slow.isBehind = pick(stage, 3) === 0
      slow.room = 1 + pick(stage, 4)
      const latest = one.of("message").at(-1)?.message.id ?? ""
      const changes = [
        () => speak(one, anna, 2, `round ${round}`),
        () => one.obey({ type: "react", peerId: anna.id, messageId: latest, emoji: round % 2 ? "👍" : "🎉" }),
        () => one.obey({ type: "rename", name: `${one.greeting.name} ${round}` }),
        () => anna.say(one.id, `answer ${round}`),
        () => one.acknowledge(one.of("message").at(-1)?.seq ?? 0),
      ]
      for (const step of shuffled(stage, changes).slice(0, 3)) {
        step()
        if (pick(stage, 2) === 0) stage.flush()
      }
      if (pick(stage, 2) === 0) drained(anna, slow, 1 + pick(stage, 3))
      stage.flush()
    }
    slow.isBehind = false
    drained(anna, slow, Number.POSITIVE_INFINITY)
    stage.flush()
    const fresh = knock(stage, anna.id, anna.at(0))
    stage.flush()
    expect(slow.live).toBe(true)
    expect(numbersOf(slow)).toEqual(numbersOf(fresh))
    expect(asItEnds(slow.events)).toEqual(asItEnds(fresh.events))
  })
})

test("steady changes do not keep a slow outlet from going live (D10)", () => {
  eachSeed((stage) => {
    const { anna, strangers } = visited(stage, 5)
    const slow = knock(stage, anna.id, anna.at(0))
    slow.room = 2
    stage.flush()
    let drains = 0
    for (; !slow.live; drains++) {
      strangers[drains % strangers.length]?.obey({ type: "rename", name: `number ${drains}` })
      drained(anna, slow, 3)
      stage.flush()
      expect(drains).toBeLessThan(100)
    }
  })
})

test("messages that were evicted long ago do not make a slow replay begin again and again (D8)", () => {
  const rules = { journal: { messages: 8, bytes: 0 } }
  eachSeed(
    (stage) => {
      const [anna, ben, cleo] = [stage.join("anna"), stage.join("ben"), stage.join("cleo")]
      speak(cleo, anna, 3, "early")
      stage.flush()
      speak(ben, anna, 9, "many")
      stage.flush()
      const after = pick(stage, 2) === 0 ? undefined : 0
      const slow = knock(stage, anna.id, after === undefined ? after : anna.at(after))
      slow.room = 1
      stage.flush()
      let drains = 0
      for (; !slow.live; drains++) {
        speak(ben, anna, 1, "more")
        drained(anna, slow, 3)
        stage.flush()
        expect(drains).toBeLessThan(50)
      }
      expect(slow.of("resync")).toHaveLength(after === undefined ? 0 : 1)
      const fresh = knock(stage, anna.id)
      stage.flush()
      expect(numbersOf(fresh).filter((seq) => !numbersOf(slow).includes(seq))).toEqual([])
      expect(numbersOf(slow)).toEqual([...new Set(numbersOf(slow))].sort((a, b) => a - b))
    },
    { rules },
  )
})

test("what changes again while it waits is told once, as it is by then, after all that waited (D10)", () => {
  const reaction = (messageId: string, emoji: string): SessionEvent => {
    return { type: "reactions", peerId: "ben", messageId, reactions: new Map([["ben", emoji]]) }
  }
  const statuses = new PendingStatuses([reaction("one", "👍"), reaction("two", "👍")], new Account())
  statuses.note(reaction("one", "🎉"))
  expect([statuses.take(), statuses.take(), statuses.take()]).toEqual([
    reaction("two", "👍"),
    reaction("one", "🎉"),
    undefined,
  ])
})

test("more changes than can wait are told anew, and not remembered one by one (D10)", () => {
  const account = new Account()
  const statuses = new PendingStatuses([], account)
  const unsent = (n: number): SessionEvent => ({ type: "unsent", peerId: "ben", messageId: `message ${n}` })
  const kept = upTo(10_001).map((n) => statuses.note(unsent(n)))
  expect(kept.indexOf(false)).toBe(4000)
  expect(statuses.note({ type: "typing", userId: "ben", isTyping: true })).toBe(true)
  expect(account.bytes).toBe(10_001 * costs.status)
  statuses.take()
  expect(account.bytes).toBe(10_000 * costs.status)
  statuses.drop()
  expect(account.bytes).toBe(0)
})

/** Anna, to whom so many strangers have said something and reacted to it. */
function visited(stage: Stage, count: number): { anna: RecordingOutlet; strangers: RecordingOutlet[] } {
  const anna = stage.join("anna")
  const strangers = upTo(count).map((n) => stage.join(`stranger ${n}`))
  for (const stranger of strangers) {
    speak(stranger, anna, 2, stranger.greeting.name)
    stage.flush()
    const messageId = stranger.of("message")[0]?.message.id ?? ""
    stranger.obey({ type: "react", peerId: anna.id, messageId, emoji: "👋" })
    stage.flush()
  }
  return { anna, strangers }
}

function nameOf({ greeting }: RecordingOutlet): string {
  return greeting.name
}

/** What a client believes in the end. */
function asItEnds(events: readonly SessionEvent[]): object {
  const people = new Map<string, string>()
  const reactions = new Map<string, string>()
  const progress = new Map<string, string>()
  const unsent = new Set<string>()
  for (const event of events) {
    if (event.type === "presence") people.set(event.person.id, event.person.name)
    if (event.type === "unsent") unsent.add(event.messageId)
    if (event.type === "reactions") reactions.set(event.messageId, [...event.reactions.values()].join())
    if (event.type === "progress") progress.set(`${event.progress} ${event.peerId}`, event.messageId)
  }
  for (const messageId of unsent) reactions.delete(messageId)
  return {
    people: sorted(people),
    reactions: sorted(reactions),
    progress: sorted(progress),
    unsent: [...unsent].sort(),
  }
}

function sorted(map: ReadonlyMap<string, string>): [string, string][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
}
