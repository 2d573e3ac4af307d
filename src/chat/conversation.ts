import type { UndeliveredReason } from "./errors.ts"
import type { Message } from "./message.ts"

/** A peer, as last heard of. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly online: boolean
}

/** One message in a journal. */
export interface Entry {
  readonly seq: number
  readonly message: Message
  readonly own: boolean
  readonly clientId: string | undefined
}

/** A conversation in one line, for lists. */
export interface Talk {
  readonly peer: Person
  readonly last: Entry | undefined
  readonly unread: number
}

/** What a session holds of its talk with one peer. The journal appends and evicts; the rest is marks. */
export class Conversation {
  /** Ascending by `seq`. */
  readonly entries: Entry[] = []
  bytes = 0
  /** Whether older entries were evicted. */
  truncated = false
  /** Own messages that will never arrive, by message id. */
  readonly undelivered = new Map<string, UndeliveredReason>()
  #seenSeq = 0

  constructor(public peer: Person) {}

  /** Marks the peer's messages up to `messageId` as seen; says whether that changed anything. */
  see(messageId: string): boolean {
    const entry = this.entries.findLast((each) => each.message.id === messageId)
    if (entry === undefined || entry.seq <= this.#seenSeq) return false
    const before = this.unread
    this.#seenSeq = entry.seq
    return this.unread !== before
  }

  get unread(): number {
    let count = 0
    for (let i = this.entries.length - 1; i >= 0; i--) {
      const entry = this.entries[i]
      if (entry === undefined || entry.seq <= this.#seenSeq) break
      if (!entry.own) count++
    }
    return count
  }

  get talk(): Talk {
    return { peer: this.peer, last: this.entries.at(-1), unread: this.unread }
  }
}
