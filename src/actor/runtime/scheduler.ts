import { Ring } from "./ring.ts"

/** How much is done before others get their say. */
export interface Budget {
  /** Messages that one actor handles before the next has its turn; 16. */
  readonly messagesPerTurn?: number
  /** Messages that a drain handles before it yields to sockets and timers; 1000. */
  readonly messagesPerDrain?: number
  /** Milliseconds after which a drain yields; 2. Looked at every 16 messages. */
  readonly millisecondsPerDrain?: number
}

/** Picks who is next among `ready` actors, 0 being the one that has waited longest. */
export type Order = (ready: number) => number

/** Has `drain` called soon, in a turn of the event loop after sockets and timers. */
export type Defer = (drain: () => void) => void

/** What the scheduler runs. A turn handles up to `limit` messages, answers what it cost (1 at least), and never throws. */
export interface Runnable {
  turn(limit: number): number
}

const CLOCK_EVERY = 16

/**
 * One ring of ready actors and one drain. A drain never starts at once but after all sockets that are readable
 * in this turn of the loop, and it yields to them when its budget is spent: actors that volley for ever
 * delay neither a timer nor a request.
 */
export class Scheduler {
  readonly #ready = new Ring<Runnable>()
  readonly #perTurn: number
  readonly #perDrain: number
  readonly #milliseconds: number
  #armed = false
  #draining = false
  drains = 0

  constructor(
    budget: Budget,
    readonly defer: Defer,
    readonly order: Order | undefined,
  ) {
    this.#perTurn = budget.messagesPerTurn ?? 16
    this.#perDrain = budget.messagesPerDrain ?? 1000
    this.#milliseconds = budget.millisecondsPerDrain ?? 2
  }

  get draining(): boolean {
    return this.#draining
  }

  /** Puts an actor at the ring's end. It must not be in it. */
  ready(actor: Runnable): void {
    this.#ready.push(actor)
    if (!this.#armed) this.#arm()
  }

  readonly #drain = (): void => {
    this.drains++
    this.#draining = true
    try {
      this.#spend()
    } finally {
      this.#draining = false
      this.#armed = false
      if (this.#ready.length > 0) this.#arm()
      else this.#ready.trim()
    }
  }

  #spend(): void {
    const end = performance.now() + this.#milliseconds
    let left = this.#perDrain
    let unchecked = 0
    while (left > 0 && this.#ready.length > 0) {
      const spent = this.#next().turn(Math.min(left, this.#perTurn))
      left -= spent
      unchecked += spent
      if (unchecked < CLOCK_EVERY) continue
      unchecked = 0
      if (performance.now() >= end) return
    }
  }

  #next(): Runnable {
    if (this.order !== undefined && this.#ready.length > 1) {
      this.#ready.bringForward(this.order(this.#ready.length))
    }
    return this.#ready.take()
  }

  #arm(): void {
    this.#armed = true
    this.defer(this.#drain)
  }
}
