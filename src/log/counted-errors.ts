import { kindOf, type Log } from "./log.ts"

const reportEveryMs = 1_000
const maxKinds = 100

/** Counts errors of one sort, and logs each kind of them (by place) at most once a second. */
export class CountedErrors {
  #count = 0
  readonly #kinds = new Map<string, { reportedAt: number; unreported: number }>()

  constructor(
    readonly log: Log,
    /** The log's message for each. */
    readonly message: string,
    readonly now: () => number,
  ) {}

  get count(): number {
    return this.#count
  }

  /** `during` names in a word what was being done. */
  add(error: unknown, during?: string): void {
    this.#count++
    const kind = kindOf(error)
    const key = `${during} ${kind}`
    const known = this.#kinds.get(key)
    if (known !== undefined && this.now() - known.reportedAt < reportEveryMs) {
      known.unreported++
      return
    }
    this.#remember(key)
    const times = 1 + (known?.unreported ?? 0)
    this.log("error", this.message, { ...(during !== undefined && { during }), error: kind, times })
  }

  /** Keeps the newest last, so that the kinds not seen for the longest are forgotten. */
  #remember(key: string): void {
    this.#kinds.delete(key)
    this.#kinds.set(key, { reportedAt: this.now(), unreported: 0 })
    const [oldest] = this.#kinds.keys()
    if (this.#kinds.size > maxKinds && oldest !== undefined) this.#kinds.delete(oldest)
  }
}
