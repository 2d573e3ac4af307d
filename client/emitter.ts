type Listeners<M> = { [K in keyof M]?: Set<(event: M[K]) => void> }

/** Tells listeners in the order in which they came. One that throws is reported, and disturbs no other. */
export class Emitter<M> {
  readonly #listeners: Listeners<M> = {}

  /** `report` is told what a listener threw; it goes to the platform, as an uncaught error, if left out. */
  constructor(readonly report: (error: unknown) => void = rethrow) {}

  /** Answers how to stop listening. */
  on<K extends keyof M>(type: K, listener: (event: M[K]) => void): () => void {
    const listeners = this.#listeners[type] ?? new Set()
    this.#listeners[type] = listeners
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  emit<K extends keyof M>(type: K, event: M[K]): void {
    for (const listener of this.#listeners[type] ?? []) {
      try {
        listener(event)
      } catch (error) {
        this.report(error)
      }
    }
  }
}

function rethrow(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
