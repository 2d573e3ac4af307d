/** In how many parts a beat goes round, so that a crowd is not pinged in one turn. */
const parts = 16

/**
 * Goes round all open sockets once every `ms` (0: never). Bun's own idle timer is not enough: it begins anew with
 * whatever is sent, so that a dead socket that is written to would live for ever.
 */
export class Heartbeat<S> {
  readonly #parts = Array.from({ length: parts }, () => new Set<S>())
  readonly #partOf = new Map<S, Set<S>>()
  readonly #timer: Timer | undefined
  #added = 0
  #turn = 0

  constructor(
    ms: number,
    readonly beat: (socket: S) => void,
  ) {
    if (ms > 0) this.#timer = setInterval(() => this.#beat(), ms / parts)
    this.#timer?.unref()
  }

  get size(): number {
    return this.#partOf.size
  }

  sockets(): Iterable<S> {
    return this.#partOf.keys()
  }

  add(socket: S): void {
    const part = this.#parts[this.#added++ % parts]
    if (part !== undefined) this.#partOf.set(socket, part.add(socket))
  }

  delete(socket: S): void {
    this.#partOf.get(socket)?.delete(socket)
    this.#partOf.delete(socket)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #beat(): void {
    for (const socket of this.#parts[this.#turn++ % parts] ?? []) this.beat(socket)
  }
}
