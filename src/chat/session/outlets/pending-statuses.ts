import { type Account, costs } from "../../memory/memory-budget.ts"
import type { SessionEvent } from "../session-message.ts"

/** More than one session holds; an outlet so slow that more changes meanwhile is told all of it anew. */
const pendingAtMost = 4000

/** What an outlet that catches up is still to be told beside the messages: of each thing how it is now, once. */
export class PendingStatuses {
  readonly #byThing = new Map<string, SessionEvent>()

  constructor(
    statuses: Iterable<SessionEvent>,
    readonly account: Account,
  ) {
    for (const status of statuses) this.note(status)
  }

  /** Takes the place of what was to be told of the same thing, after all others. Answers `false` when it is too much. */
  note(event: SessionEvent): boolean {
    const thing = thingOf(event)
    if (thing === undefined) return true
    const before = this.#byThing.get(thing)
    if (!this.#byThing.delete(thing)) this.account.chargeOutgoing(costs.status)
    this.#byThing.set(thing, together(before, event))
    return this.#byThing.size <= pendingAtMost
  }

  take(): SessionEvent | undefined {
    for (const [thing, event] of this.#byThing) {
      this.#byThing.delete(thing)
      this.account.chargeOutgoing(-costs.status)
      return event
    }
    return undefined
  }

  /** Nobody is to be told any more. */
  drop(): void {
    this.account.chargeOutgoing(-this.#byThing.size * costs.status)
    this.#byThing.clear()
  }
}

/** A change of the mark alone does not hide what was still to be told of that person. */
function together(before: SessionEvent | undefined, event: SessionEvent): SessionEvent {
  if (event.type !== "presence" || before?.type !== "presence" || before.ofMark) return event
  return { type: "presence", person: event.person }
}

/** What an event tells of; nothing for what is of the moment, or told otherwise to those who catch up. */
function thingOf(event: SessionEvent): string | undefined {
  switch (event.type) {
    case "undelivered":
    case "reactions":
    case "unsent":
      return `${event.type} ${event.messageId}`
    case "progress":
      return `${event.progress} ${event.peerId}`
    case "presence":
      return `presence ${event.person.id}`
    default:
      return undefined
  }
}
