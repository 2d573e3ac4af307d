import { Rate } from "../../chat/rate.ts"

export interface RateLimitRules {
  readonly messageRate: number
  readonly messageBurst: number
  readonly byteRate: number
  readonly byteBurst: number
  readonly frameRate: number
  readonly frameBurst: number
}

/** However much came at once, it is paid off within this. */
const longestDebtMs = 30_000

/** How much one user may still send, over all their sockets. */
export class RateLimit {
  readonly #messages: Rate
  readonly #bytes: Rate
  readonly #frames: Rate
  sockets = 0

  constructor(rules: RateLimitRules, now: number) {
    this.#messages = new Rate(rules.messageRate, rules.messageBurst, now)
    this.#bytes = new Rate(rules.byteRate, rules.byteBurst, now)
    this.#frames = new Rate(rules.frameRate, rules.frameBurst, now)
  }

  /** Charges one frame of any kind, and answers after how many milliseconds nothing is owed any more. */
  charge(frame: string | Uint8Array, now: number): number {
    const owedMs = this.#frames.charge(1, now, longestDebtMs)
    if (this.#bytes.rate === 0) return owedMs
    return Math.max(owedMs, this.#bytes.charge(Buffer.byteLength(frame), now, longestDebtMs))
  }

  /** Takes one message and answers 0, or takes none and answers after how many milliseconds to try again. */
  takeMessage(now: number): number {
    return this.#messages.take(1, now)
  }

  /** Whether it is as good as a new one. */
  isFull(now: number): boolean {
    return this.#messages.isFull(now) && this.#bytes.isFull(now) && this.#frames.isFull(now)
  }
}

/** The allowances of those who have a socket, or had one: a reconnect renews none. */
export class RateLimits {
  readonly #byUser = new Map<string, RateLimit>()
  /** Of those without a socket, the longest gone first. */
  readonly #left = new Map<string, RateLimit>()

  constructor(
    readonly rules: RateLimitRules,
    readonly now: () => number,
    /** Whom no rule holds for. */
    readonly exempt?: string,
  ) {}

  claim(userId: string): RateLimit {
    this.#forget()
    const rateLimit = this.#byUser.get(userId) ?? this.#left.get(userId) ?? this.#fresh(userId)
    this.#left.delete(userId)
    this.#byUser.set(userId, rateLimit)
    rateLimit.sockets++
    return rateLimit
  }

  release(userId: string): void {
    const rateLimit = this.#byUser.get(userId)
    if (rateLimit === undefined || --rateLimit.sockets > 0) return
    this.#byUser.delete(userId)
    this.#left.set(userId, rateLimit)
  }

  #fresh(userId: string): RateLimit {
    return new RateLimit(userId === this.exempt ? noRules : this.rules, this.now())
  }

  /** What has filled up again meanwhile need not be kept. */
  #forget(): void {
    const now = this.now()
    for (const [userId, rateLimit] of this.#left) {
      if (!rateLimit.isFull(now)) return
      this.#left.delete(userId)
    }
  }
}

const noRules: RateLimitRules = {
  messageRate: 0,
  messageBurst: 0,
  byteRate: 0,
  byteBurst: 0,
  frameRate: 0,
  frameBurst: 0,
}
