import type { Clock } from "./options.ts"

export interface HeartbeatParts {
  readonly clock: Clock
  /** Asks the other end for a sign of life. */
  ask(): void
  /** There was none. */
  dead(): void
}

/** Watches one connection: asks when nothing has come for a while, and gives it up when nothing comes then either. */
export class Heartbeat {
  #everyMs = 0
  #heardAt = 0
  #asked = false
  #cancel: (() => void) | undefined

  constructor(readonly parts: HeartbeatParts) {}

  /** `everyMs` is the patience, in milliseconds; 0 for no end of it. */
  start(everyMs: number): void {
    this.stop()
    this.#everyMs = everyMs
    this.heard()
    if (everyMs > 0) this.#wait(everyMs)
  }

  heard(): void {
    this.#heardAt = this.parts.clock.now()
    this.#asked = false
  }

  /** There is reason to doubt: asks now. */
  doubt(): void {
    if (this.#cancel === undefined || this.#asked) return
    this.stop()
    this.#ask()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #wait(ms: number): void {
    this.#cancel = this.parts.clock.after(ms, () => this.#look())
  }

  #look(): void {
    const quietMs = this.parts.clock.now() - this.#heardAt
    if (this.#asked) return this.parts.dead()
    if (quietMs < this.#everyMs) return this.#wait(this.#everyMs - quietMs)
    this.#ask()
  }

  #ask(): void {
    this.#asked = true
    this.#wait(this.#everyMs)
    this.parts.ask()
  }
}
