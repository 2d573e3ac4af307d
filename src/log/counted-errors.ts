import { kindOf, type Log } from "./log.ts"

const tellAgainMs = 1_000
const mostKinds = 100

/** Errors of one sort: counted, and logged by where they came from, each kind once a second at most. */
export class CountedErrors {
  #count = 0
  readonly #kinds = new Map<string, { toldAt: number; untold: number }>()

  constructor(
    readonly log: Log,
    /** What the log says of each. */
    readonly message: string,
    readonly now: () => number,
  ) {}

  get count(): number {
    return this.#count
  }

  /** `during` is what went on, in a word. */
  add(error: unknown, during?: string): void {
    this.#count++
    const kind = kindOf(error)
    const key = `${during} ${kind}`
    const known = this.#kinds.get(key)
    if (known !== undefined && this.now() - known.toldAt < tellAgainMs) {
      known.untold++
      return
    }
    this.#remember(key)
    const times = 1 + (known?.untold ?? 0)
    this.log("error", this.message, { ...(during !== undefined && { during }), error: kind, times })
  }

  /** The newest last, so that the kinds longest unheard are forgotten. */
  #remember(key: string): void {
    this.#kinds.delete(key)
    this.#kinds.set(key, { toldAt: this.now(), untold: 0 })
    const [oldest] = this.#kinds.keys()
    if (this.#kinds.size > mostKinds && oldest !== undefined) this.#kinds.delete(oldest)
  }
}
