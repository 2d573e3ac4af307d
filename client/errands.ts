import type { Errand } from "./frames.ts"
import type { Clock } from "./options.ts"
import { StandingOrders } from "./standing-orders.ts"

export interface ErrandParts {
  readonly clock: Clock
  send(frame: Errand | { readonly type: "ping" }): void
}

/** After `overloaded`, which says no time, in milliseconds. */
const overloadedMs = 1000

/**
 * What is asked of the session beside messages. A `pong` proves that what was sent before its `ping` arrived; what is
 * not proven goes again after a loss, which is harmless: nothing here means more when it is said twice.
 */
export class Errands {
  readonly #standing = new StandingOrders()
  #unproven: Errand[] = []
  /** How many of them the ping that is under way proves; nothing when none is. */
  #pinged: number | undefined
  #open = false
  #cancelPause: (() => void) | undefined

  constructor(readonly parts: ErrandParts) {}

  run(errand: Errand): void {
    this.#standing.note(errand)
    this.#unproven.push(errand)
    if (!this.#open || this.#cancelPause !== undefined) return
    this.parts.send(errand)
    this.ping()
  }

  /** Asks for a sign of life, if none is due already. */
  ping(): void {
    if (!this.#open || this.#pinged !== undefined) return
    this.#pinged = this.#unproven.length
    this.parts.send({ type: "ping" })
  }

  pong(): void {
    if (this.#cancelPause !== undefined || this.#pinged === undefined) return
    this.#unproven.splice(0, this.#pinged)
    this.#pinged = undefined
    if (this.#unproven.length > 0) this.ping()
  }

  /** Connected: a new session knows nothing of the old one's messages, and must be told what holds for good. */
  opened(resumed: boolean): void {
    this.#open = true
    if (!resumed) {
      const renamings = this.#unproven.filter(({ type }) => type === "rename")
      this.#unproven = [...this.#standing.frames(), ...renamings]
    }
    this.#sendAll()
  }

  lost(): void {
    this.#open = false
    this.#pinged = undefined
    this.#cancelPause?.()
    this.#cancelPause = undefined
  }

  /** The server would not take something that had no name of its own: all that is not proven goes again later. */
  slowDown(ms = overloadedMs): void {
    this.#pinged = undefined
    this.#cancelPause?.()
    this.#cancelPause = this.parts.clock.after(ms, () => {
      this.#cancelPause = undefined
      this.#sendAll()
    })
  }

  #sendAll(): void {
    for (const errand of this.#unproven) this.parts.send(errand)
    if (this.#unproven.length > 0) this.ping()
  }
}
