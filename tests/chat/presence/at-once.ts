import type { Cursor } from "../../../src/chat/epoch.ts"
import { createStage, RecordingOutlet, type StageOptions } from "../../support/stage.ts"

export type Stage = ReturnType<typeof createStage>

/** Orders in which each test is run. */
export const seeds = 60

/** Runs a test once for each seed, and names the seed of a failure. */
export function eachSeed(run: (stage: Stage) => void, options: StageOptions = {}): void {
  for (let seed = 1; seed <= seeds; seed++) {
    const stage = createStage({ ...options, seed })
    try {
      run(stage)
    } catch (error) {
      throw new Error(`with seed ${seed}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      })
    }
  }
}

/** Asks for a place in the session of `id`, and lets nothing run yet. */
export function knock({ presence }: Stage, id: string, cursor?: Cursor): RecordingOutlet {
  const outlet = new RecordingOutlet()
  const user = { id, name: "whoever", classic: false }
  presence.signal({ type: "join", user, first: { type: "attach", outlet, cursor } })
  return outlet
}

/** Says that `slow`, of the session that `outlet` is of, has room for `room` more events. */
export function drained({ session }: RecordingOutlet, slow: RecordingOutlet, room: number): void {
  slow.room = room
  session.signal({ type: "drained", outlet: slow })
}

/** Has one say so many messages to the other. */
export function speak(from: RecordingOutlet, to: { readonly id: string }, count: number, what: string): void {
  for (const n of upTo(count)) from.say(to.id, `${what} ${n}`)
}

export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1)
}

/** A whole number from 0 and below `below`. */
export function pick({ random }: Stage, below: number): number {
  return Math.floor(random() * below)
}

export function shuffled<T>(stage: Stage, items: readonly T[]): T[] {
  const left = [...items]
  return items.flatMap(() => left.splice(pick(stage, left.length), 1))
}

/** The numbers of the messages that an outlet was told, as they came. */
export function numbersOf(outlet: RecordingOutlet): number[] {
  return outlet.of("message").map(({ seq }) => seq)
}

/** What an outlet's user said and was told is delivered. */
export function deliveredOf(outlet: RecordingOutlet): string[] {
  const marks = outlet.of("progress").filter(({ progress }) => progress === "delivered")
  const last =
    marks
      .map(({ messageId }) => messageId)
      .sort()
      .at(-1) ?? ""
  const own = outlet.of("message").filter((event) => event.own && event.message.id <= last)
  return own.map(({ message }) => message.content)
}

/** What an outlet's user said and was told is undelivered, as it was told. */
export function lostOf(outlet: RecordingOutlet): string[] {
  return outlet.of("undelivered").map(({ messageId }) => {
    const echo = outlet.of("message").find(({ message }) => message.id === messageId)
    return echo?.message.content ?? `never echoed: ${messageId}`
  })
}

export function concerns(event: RecordingOutlet["events"][number], messageId: string): boolean {
  if (event.type === "message") return event.message.id === messageId
  return "messageId" in event && event.messageId === messageId
}
