import type { Log } from "../log.ts"

const logEveryMs = 1000

/** Throws in the handlers of sockets: counted, and logged by their kind alone, once a second at most. */
export class SocketFailures {
  readonly #kinds = new Map<string, { loggedAt: number; unlogged: number }>()
  total = 0

  constructor(
    readonly log: Log,
    readonly now: () => number,
  ) {}

  /** An error's message may quote what somebody said: its name is all that is told. */
  add(handler: string, error: unknown): void {
    this.total++
    const name = error instanceof Error ? error.constructor.name : typeof error
    const kind = this.#kinds.get(`${handler} ${name}`) ?? { loggedAt: Number.NEGATIVE_INFINITY, unlogged: 0 }
    this.#kinds.set(`${handler} ${name}`, kind)
    kind.unlogged++
    if (this.now() - kind.loggedAt < logEveryMs) return
    this.log("error", "a socket failed and was closed", { handler, error: name, times: kind.unlogged })
    kind.loggedAt = this.now()
    kind.unlogged = 0
  }
}
