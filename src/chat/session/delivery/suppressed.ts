import { type Account, costs } from "../../memory/memory-budget.ts"
import type { Message } from "../../message.ts"
import type { SuppressedState } from "../session-state.ts"
import type { MessageRanges } from "./message-ranges.ts"

/** Runs of one sender; each takes a block and an unblocking. Beyond that the oldest two become one. */
const runsAtMost = 32

/** Runs of all senders together beyond the first of each. */
const furtherAtMost = 256

interface SuppressedFromOne {
  runs: MessageRanges
  /** Whether the newest message of this sender was not heard. */
  open: boolean
}

/** What blocked senders said and may still wait for, by sender: no acknowledgement may cover it. */
export class Suppressed {
  readonly #bySender = new Map<string, SuppressedFromOne>()
  #runs = 0

  constructor(readonly account: Account) {}

  /** Senders with suppressed messages. */
  senders(): Iterable<string> {
    return this.#bySender.keys()
  }

  has(senderId: string): boolean {
    return this.#bySender.size > 0 && this.#bySender.has(senderId)
  }

  add({ id, senderId }: Message): void {
    const known = this.#bySender.get(senderId)
    if (known === undefined) {
      this.#bySender.set(senderId, { runs: [{ first: id, last: id }], open: true })
      this.#counted(1)
      return
    }
    if (known.open)
      known.runs = [...known.runs.slice(0, -1), { first: known.runs.at(-1)?.first ?? id, last: id }]
    else this.#begin(known, id)
    known.open = true
  }

  /** A message of this sender was heard: what is not heard after it is another run. */
  heard(senderId: string): void {
    const known = this.#bySender.size > 0 ? this.#bySender.get(senderId) : undefined
    if (known !== undefined) known.open = false
  }

  /** As of now: a sender must not learn of what a later block suppresses. */
  of(senderId: string): MessageRanges | undefined {
    return this.#bySender.size > 0 ? this.#bySender.get(senderId)?.runs : undefined
  }

  forget(senderId: string): void {
    const known = this.#bySender.get(senderId)
    if (known === undefined) return
    this.#bySender.delete(senderId)
    this.#counted(-known.runs.length)
  }

  save(): SuppressedState[] {
    return [...this.#bySender].map(([senderId, { runs, open }]) => ({ senderId, runs, open }))
  }

  load(states: readonly SuppressedState[]): void {
    for (const { senderId, runs, open } of states) {
      this.#bySender.set(senderId, { runs, open })
      this.#counted(runs.length)
    }
  }

  #begin(known: SuppressedFromOne, id: string): void {
    const [first, second, ...rest] = [...known.runs, { first: id, last: id }]
    const isTooMany = rest.length + 2 > runsAtMost || this.#runs - this.#bySender.size >= furtherAtMost
    if (first !== undefined && second !== undefined && isTooMany) {
      known.runs = [{ first: first.first, last: second.last }, ...rest]
      return
    }
    known.runs = [...known.runs, { first: id, last: id }]
    this.#counted(1)
  }

  #counted(more: number): void {
    this.#runs += more
    this.account.charge(more * costs.run)
  }
}
