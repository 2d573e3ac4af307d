import type { Talk } from "./conversation.ts"
import type { Journal } from "./journal.ts"

/** Milliseconds in which changes of the list gather. */
export const talksTickMs = 100

/** A list is for reading: those talked with last. */
export const listedTalks = 50

/** One's own conversations in a list, newest first; it changes often and is looked at seldom. */
export class TalkList {
  #due = false

  constructor(
    readonly journal: Journal,
    /** Calls `published` after `talksTickMs`. */
    readonly schedule: () => void,
  ) {}

  touch(): void {
    if (this.#due) return
    this.#due = true
    this.schedule()
  }

  /** The list as it is now goes out: what changes from here on is news. */
  published(): Talk[] {
    this.#due = false
    return this.all().slice(0, listedTalks)
  }

  /** Every one, for finding. */
  all(): Talk[] {
    const talks = [...this.journal.conversations.values()].map(({ talk }) => talk)
    return talks.sort((a, b) => (b.last?.seq ?? 0) - (a.last?.seq ?? 0))
  }
}
