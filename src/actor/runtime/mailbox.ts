import type { MailboxOptions } from "../behavior.ts"
import type { Envelope } from "./envelope.ts"
import { Ring } from "./ring.ts"

const CAPACITY = 1000

/** Two lanes, each allocated on first use: an ordinary one with a bound, a system one without. */
export class Mailbox<M> {
  readonly #capacity: number
  #ordinary: Ring<M> | undefined
  #system: Ring<M | Envelope<M>> | undefined
  /** The most the ordinary lane ever held. */
  highWater = 0

  constructor(options: MailboxOptions | undefined) {
    this.#capacity = Math.max(1, options?.capacity ?? CAPACITY)
  }

  /** Messages in the ordinary lane. */
  get depth(): number {
    return this.#ordinary === undefined ? 0 : this.#ordinary.length
  }

  get halfFull(): boolean {
    return this.depth >= this.#capacity / 2
  }

  get empty(): boolean {
    return this.ordinary === undefined && this.system === undefined
  }

  /** The ordinary lane, while there is something in it. */
  get ordinary(): Ring<M> | undefined {
    const lane = this.#ordinary
    return lane === undefined || lane.length === 0 ? undefined : lane
  }

  /** The system lane, while there is something in it. */
  get system(): Ring<M | Envelope<M>> | undefined {
    const lane = this.#system
    return lane === undefined || lane.length === 0 ? undefined : lane
  }

  /** False when the ordinary lane is full. */
  put(message: M): boolean {
    this.#ordinary ??= new Ring()
    const lane = this.#ordinary
    if (lane.length >= this.#capacity) return false
    lane.push(message)
    if (lane.length > this.highWater) this.highWater = lane.length
    return true
  }

  /** Queues in the system lane. */
  putFirst(item: M | Envelope<M>): void {
    this.#system ??= new Ring()
    this.#system.push(item)
  }

  trim(): void {
    this.#ordinary?.trim()
    this.#system?.trim()
  }
}
