import { kindOf, type Log } from "./log.ts"

const tellAgainMs = 1_000
const mostKinds = 100

/**
 * Errors that reached nobody: the last line of defence, so that one mistake is not everybody's end. Each is a fault to
 * mend. They are counted, and logged by kind, each kind once a second at most.
 */
export class UncaughtErrors {
  #count = 0
  readonly #kinds = new Map<string, { toldAt: number; untold: number }>()

  constructor(
    readonly log: Log,
    readonly now: () => number = () => performance.now(),
  ) {}

  get count(): number {
    return this.#count
  }

  /** From now on nothing that is thrown or rejected ends the process. */
  listen(): void {
    process.on("uncaughtException", (error) => this.add(error))
    process.on("unhandledRejection", (error) => this.add(error))
  }

  add(error: unknown): void {
    this.#count++
    const kind = kindOf(error)
    const known = this.#kinds.get(kind)
    if (known !== undefined && this.now() - known.toldAt < tellAgainMs) {
      known.untold++
      return
    }
    this.#remember(kind)
    this.log("error", "an error reached nobody", { error: kind, times: 1 + (known?.untold ?? 0) })
  }

  /** The newest last, so that the kinds longest unheard are forgotten. */
  #remember(kind: string): void {
    this.#kinds.delete(kind)
    this.#kinds.set(kind, { toldAt: this.now(), untold: 0 })
    const [oldest] = this.#kinds.keys()
    if (this.#kinds.size > mostKinds && oldest !== undefined) this.#kinds.delete(oldest)
  }
}
