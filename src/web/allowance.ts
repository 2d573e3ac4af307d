import { Rate } from "../chat/rate.ts"

export interface AllowanceRules {
  readonly messageRate: number
  readonly messageBurst: number
  readonly byteRate: number
  readonly byteBurst: number
}

/** How much one user may still send, over all their sockets. */
export class Allowance {
  readonly #messages: Rate
  readonly #bytes: Rate
  readonly #isUnlimited: boolean
  sockets = 0

  constructor(rules: AllowanceRules, now: number) {
    this.#messages = new Rate(rules.messageRate, rules.messageBurst, now)
    this.#bytes = new Rate(rules.byteRate, rules.byteBurst, now)
    this.#isUnlimited = rules.messageRate === 0 && rules.byteRate === 0
  }

  /** Answers 0 and takes one message of that size, or after how many milliseconds to try again. */
  take(raw: string | Uint8Array, clock: () => number): number {
    if (this.#isUnlimited) return 0
    const now = clock()
    const waitMs = this.#bytes.rate === 0 ? 0 : this.#bytes.take(Buffer.byteLength(raw), now)
    return waitMs > 0 ? waitMs : this.#messages.take(1, now)
  }

  /** Whether it is as good as a new one. */
  isFull(now: number): boolean {
    return this.#messages.isFull(now) && this.#bytes.isFull(now)
  }
}

/** The allowances of those who have a socket, or had one: a reconnect renews none. */
export class Allowances {
  readonly #byUser = new Map<string, Allowance>()
  /** Of those without a socket, the longest gone first. */
  readonly #left = new Map<string, Allowance>()

  constructor(
    readonly rules: AllowanceRules,
    readonly now: () => number,
    /** Whom no rule holds for. */
    readonly exempt?: string,
  ) {}

  claim(userId: string): Allowance {
    this.#forget()
    const allowance = this.#byUser.get(userId) ?? this.#left.get(userId) ?? this.#fresh(userId)
    this.#left.delete(userId)
    this.#byUser.set(userId, allowance)
    allowance.sockets++
    return allowance
  }

  release(userId: string): void {
    const allowance = this.#byUser.get(userId)
    if (allowance === undefined || --allowance.sockets > 0) return
    this.#byUser.delete(userId)
    this.#left.set(userId, allowance)
  }

  #fresh(userId: string): Allowance {
    return new Allowance(userId === this.exempt ? noRules : this.rules, this.now())
  }

  /** What has filled up again meanwhile need not be kept. */
  #forget(): void {
    const now = this.now()
    for (const [userId, allowance] of this.#left) {
      if (!allowance.isFull(now)) return
      this.#left.delete(userId)
    }
  }
}

const noRules: AllowanceRules = { messageRate: 0, messageBurst: 0, byteRate: 0, byteBurst: 0 }
