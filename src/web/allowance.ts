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
}

/** The allowances of those who have a socket. */
export class Allowances {
  readonly #byUser = new Map<string, Allowance>()

  constructor(
    readonly rules: AllowanceRules,
    readonly now: () => number,
  ) {}

  claim(userId: string): Allowance {
    let allowance = this.#byUser.get(userId)
    if (allowance === undefined) {
      allowance = new Allowance(this.rules, this.now())
      this.#byUser.set(userId, allowance)
    }
    allowance.sockets++
    return allowance
  }

  release(userId: string): void {
    const allowance = this.#byUser.get(userId)
    if (allowance !== undefined && --allowance.sockets === 0) this.#byUser.delete(userId)
  }
}
