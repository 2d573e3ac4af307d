type Listeners<M> = { [K in keyof M]?: Set<(event: M[K]) => void> }

/** Tells listeners in the order in which they came. One that throws is reported, and disturbs no other. */
export class Emitter<M> {
  readonly #listeners: Listeners<M> = {}

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
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
