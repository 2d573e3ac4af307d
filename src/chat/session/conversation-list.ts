import type { Context } from "../../actor/index.ts"
import type { Talk } from "./delivery/conversation.ts"
import type { Journal } from "./delivery/journal.ts"
import { listChange } from "./list-change.ts"
import type { Outlet } from "./outlet.ts"
import type { OutletSet } from "./outlets/outlet-set.ts"
import type { SessionMessage } from "./session-message.ts"

/** Milliseconds in which changes of the list gather. */
export const talksTickMs = 100

/** Milliseconds that the next change waits for each row of this one: those who change their rows all the time slow them down. */
const rowMs = 20

/** A list is for reading: those talked with last. */
export const listedTalks = 50

export interface ConversationListParts {
  readonly journal: Journal
  readonly outlets: Pick<OutletSet, "anyAttended" | "publish">
  /** Has `publish` called, by `talks-due`. */
  readonly context: Pick<Context<SessionMessage>, "now" | "timer">
}

/** One's own conversations in a list, newest first; it changes often and is looked at seldom. */
export class ConversationList {
  #due = false
  #paidUntil = 0
  /** As all who look at it have it. */
  #shown: readonly Talk[] = []

  constructor(readonly parts: ConversationListParts) {}

  touch(): void {
    if (this.#due || !this.parts.outlets.anyAttended) return
    this.#due = true
    const { context } = this.parts
    const ms = Math.max(talksTickMs, this.#paidUntil - context.now())
    context.timer("talks", ms, { type: "talks-due" })
  }

  /** Tells what has changed since the last time. */
  publish(): void {
    this.#due = false
    const now = this.all(listedTalks)
    const change = listChange(this.#shown, now)
    this.#shown = now
    if (change === undefined) return
    this.#paidUntil = this.parts.context.now() + change.rows.length * rowMs
    this.parts.outlets.publish({ type: "talks-changed", ...change })
  }

  /** The whole list. Those who look already get the changes up to now, so that the next ones are the same for all. */
  showTo(outlet: Outlet): void {
    if (!outlet.attended) return
    this.publish()
    outlet.send({ type: "talks", talks: this.#shown })
  }

  /** The newest `atMost`, or every one. */
  all(atMost = Number.POSITIVE_INFINITY): Talk[] {
    const newest = ({ entries }: { entries: readonly { seq: number }[] }) => entries.at(-1)?.seq ?? 0
    const sorted = [...this.parts.journal.conversations.values()].sort((a, b) => newest(b) - newest(a))
    return sorted.slice(0, atMost).map(({ talk }) => talk)
  }
}
