/**
 * The memory that everything held for users takes, by estimate, against one bound. The estimates (`costs`) are
 * measured by `bun bench/worst-user.ts` and err on the high side.
 */
export class MemoryBudget {
  #used = 0
  /** Set by the part that can free memory; called once each time the bound is passed. */
  relieve: (() => void) | undefined
  /** Whether nothing more could be freed when it was last tried: newcomers are refused until then. */
  exhausted = false
  #relieving = false

  constructor(
    /** Bytes; 0 for no bound. */
    readonly limit: number = 0,
  ) {}

  /** Bytes that are held now. */
  get used(): number {
    return this.#used
  }

  /** Bytes above the bound; 0 when there are none. */
  get excess(): number {
    return this.limit > 0 ? Math.max(0, this.#used - this.limit) : 0
  }

  add(bytes: number): void {
    this.#used += bytes
    if (this.#relieving || this.limit === 0 || this.#used <= this.limit) return
    this.#relieving = true
    this.relieve?.()
  }

  /** What was asked of `relieve` has been done, as far as it can be. */
  relieved(): void {
    this.#relieving = false
    this.exhausted = false
  }
}

/** What is held for one user, charged to them and to the budget of all. */
export class Account {
  #bytes = 0
  #journal = 0
  #outgoing = 0

  constructor(
    readonly budget: MemoryBudget = new MemoryBudget(),
    /** Bytes for this user; 0 for no bound. */
    readonly limit: number = 0,
  ) {}

  get bytes(): number {
    return this.#bytes
  }

  /** The part of it that a journal could let go of. */
  get journal(): number {
    return this.#journal
  }

  /** The part of it that waits for sockets. */
  get outgoing(): number {
    return this.#outgoing
  }

  /** Not because of sockets that read slowly: what waits for them goes by itself, and is no reason to forget. */
  get isOver(): boolean {
    return this.limit > 0 && this.#bytes - this.#outgoing > this.limit
  }

  /** A negative number gives back. */
  charge(bytes: number): void {
    this.#bytes += bytes
    this.budget.add(bytes)
  }

  /** The same for what a journal keeps. */
  chargeJournal(bytes: number): void {
    this.#journal += bytes
    this.charge(bytes)
  }

  /** The same for what sockets are still to be told. */
  chargeOutgoing(bytes: number): void {
    this.#outgoing += bytes
    this.charge(bytes)
  }

  /** The user's session has ended: everything is given back. */
  close(): void {
    this.charge(-this.#bytes)
  }
}

/** Bytes of each thing that is held for a user, with all that belongs to it. */
export const costs = {
  /** An actor, its mailbox, its place in presence and one socket. */
  session: 6144,
  /** A conversation, and the watch on the peer in both directions. */
  conversation: 1024,
  /** A message in the journal without its text, with its number, its ids and what waits for its acknowledgement. */
  entry: 512,
  /** The id of an own message that its receiver has not acknowledged. */
  inFlight: 96,
  /** A peer to whom something is, or a moment ago was, on its way, and the watch on their session. */
  peer: 256,
  /** The record of the id that a client gave a message. */
  idempotencyKey: 192,
  /** An own message known to be undelivered. */
  loss: 192,
  /** A message's reactions: two at most. */
  reactions: 384,
  /** A user who is watched without a conversation. */
  watch: 384,
  /** A user who is blocked. */
  block: 256,
  /** Something that a socket which catches up is still to be told. */
  status: 192,
  /** A run of messages that a blocked user said. */
  run: 256,
} as const

/** Bytes of a string in memory, at most: one a character where it is ASCII (`utf8` tells), else two. */
export function textCost(text: string, utf8 = -1): number {
  return utf8 === text.length ? text.length : text.length * 2
}
