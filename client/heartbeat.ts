import type { Clock } from "./options.ts"

export interface HeartbeatParts {
  readonly clock: Clock
  ping(): void
  /** No frame came in time. */
  dead(): void
}

/** Watches one connection: pings when no frame has come for a while, and gives it up when none follows. */
export class Heartbeat {
  #everyMs = 0
  #heardAt = 0
  #pinged = false
  #cancel: (() => void) | undefined

  constructor(readonly parts: HeartbeatParts) {}

  /** `everyMs` is the longest silence before a ping, and after it, in milliseconds; 0 for no heartbeat. */
  start(everyMs: number): void {
    this.stop()
    this.#everyMs = everyMs
    this.heard()
    if (everyMs > 0) this.#wait(everyMs)
  }

  heard(): void {
    this.#heardAt = this.parts.clock.now()
    this.#pinged = false
  }

  /** Pings now, for example when the network has changed. */
  checkNow(): void {
    if (this.#cancel === undefined || this.#pinged) return
    this.stop()
    this.#ping()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #wait(ms: number): void {
    this.#cancel = this.parts.clock.after(ms, () => this.#check())
  }

  #check(): void {
    const quietMs = this.parts.clock.now() - this.#heardAt
    if (this.#pinged) return this.parts.dead()
    if (quietMs < this.#everyMs) return this.#wait(this.#everyMs - quietMs)
    this.#ping()
  }

  #ping(): void {
    this.#pinged = true
    this.#wait(this.#everyMs)
    this.parts.ping()
  }
}
