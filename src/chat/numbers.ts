/** Ranges that are remembered; more come only from a client that makes its cursors up. */
const rangesAtMost = 100

interface Range {
  readonly above: number
  readonly upTo: number
}

/**
 * The numbers of one session's events: they ascend, and none is one that an earlier session of the same user gave. So a
 * cursor, which is a number alone, tells by itself whether it is of this session.
 */
export class Numbers {
  #newest = 0
  #highest = 0
  readonly #passedOver: Range[] = []

  /** Begins above `earlier`, the newest number of the user's session before this one, as far as is known. */
  constructor(earlier = 0) {
    this.passOver(earlier)
  }

  /** The newest number given; 0 before the first. */
  get newest(): number {
    return this.#newest
  }

  /** The highest that was given, or passed over. */
  get reached(): number {
    return this.#highest
  }

  next(): number {
    this.#newest = ++this.#highest
    return this.#newest
  }

  /** Gives none up to this one: it may be of an earlier session. */
  passOver(upTo: number): void {
    if (upTo <= this.#highest) return
    this.#passedOver.push({ above: this.#highest, upTo })
    this.#highest = upTo
    if (this.#passedOver.length > rangesAtMost) this.#passedOver.shift()
  }

  /** Whether a client that has this number has it from this session; 0 is of any. */
  includes(number: number): boolean {
    if (number > this.#newest) return false
    return !this.#passedOver.some(({ above, upTo }) => number > above && number <= upTo)
  }
}
