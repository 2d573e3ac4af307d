type Listeners<M> = { [K in keyof M]?: Set<(event: M[K]) => void> }

/** Calls listeners in the order in which they were added. One that throws is reported, and the others are still called. */
export class Emitter<M> {
  readonly #listeners: Listeners<M> = {}

  /** `report` receives what a listener threw; left out, the error goes to the platform as uncaught. */
  constructor(readonly report: (error: unknown) => void = rethrow) {}

  /** Returns a function that stops listening. */
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
