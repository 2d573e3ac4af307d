/** A token bucket: `rate` a second, and up to `burst` at once. A rate of 0 is no limit. */
export class Rate {
  #tokens: number
  #at: number

  constructor(
    readonly rate: number,
    readonly burst: number,
    now: number,
  ) {
    this.#tokens = burst
    this.#at = now
  }

  /**
   * Takes `count` tokens and answers 0, or takes none and answers after how many milliseconds
   * there will be enough. What is larger than the burst passes when the bucket is full. `kept` tokens are left.
   */
  take(count: number, now: number, kept = 0): number {
    if (this.rate <= 0) return 0
    this.#refill(now)
    const needed = Math.min(count + kept, this.burst)
    if (this.#tokens >= needed) {
      this.#tokens -= Math.min(count, this.burst)
      return 0
    }
    return Math.max(1, Math.ceil(((needed - this.#tokens) / this.rate) * 1000))
  }

  /**
   * Takes `count` tokens, there or not, and answers after how many milliseconds nothing is owed: 0 if nothing is. What
   * is owed is paid off within `mostMs`, however much that was.
   */
  charge(count: number, now: number, mostMs: number): number {
    if (this.rate <= 0 || this.burst <= 0) return 0
    this.#refill(now)
    this.#tokens -= count
    if (this.#tokens >= 0) return 0
    const owedMs = Math.ceil((-this.#tokens / this.rate) * 1000)
    if (owedMs <= mostMs) return owedMs
    this.#tokens = (-mostMs / 1000) * this.rate
    return mostMs
  }

  isFull(now: number): boolean {
    this.#refill(now)
    return this.#tokens >= this.burst
  }

  #refill(now: number): void {
    this.#tokens = Math.min(this.burst, this.#tokens + ((now - this.#at) / 1000) * this.rate)
    this.#at = now
  }
}
