import type { Errand } from "./frames.ts"
import type { Clock } from "./options.ts"
import { StandingOrders } from "./standing-orders.ts"

export interface ErrandParts {
  readonly clock: Clock
  send(frame: Errand | { readonly type: "ping" }): void
}

/** After `overloaded`, which says no time, in milliseconds. */
const overloadedMs = 1000

/** How many may be under way: of those behind one that is refused, which goes first again, as many go again. */
const atOnce = 32

/**
 * What is asked of the session beside messages, in order. Behind each goes a ping: its pong proves that the errand was
 * taken, and a refusal that comes before the pong is of that errand. What is not proven goes again after a loss, which
 * is harmless: nothing here means more when it is said twice.
 */
export class Errands {
  readonly #standing = new StandingOrders()
  #unproven: Errand[] = []
  /** How many of them are under way, the oldest first. */
  #underWay = 0
  /** For each ping that is not answered, whether its pong proves the oldest errand. */
  #pings: boolean[] = []
  #open = false
  /** Something was refused for now: until all is proven, one errand goes at a time. */
  #careful = false
  #cancelPause: (() => void) | undefined

  constructor(readonly parts: ErrandParts) {}

  run(errand: Errand): void {
    this.#standing.note(errand)
    this.#unproven.push(errand)
    this.#sendMore()
  }

  /** Asks for a sign of life, if none is due already. */
  ping(): void {
    if (this.#open && this.#pings.length === 0) this.#ping(false)
  }

  pong(): void {
    if (this.#pings.shift() !== true) return
    this.#unproven.shift()
    this.#underWay--
    if (this.#unproven.length === 0) this.#careful = false
    this.#sendMore()
  }

  /** Connected: a new session knows nothing of the old one's messages, and must be told what holds for good. */
  opened(resumed: boolean): void {
    this.#open = true
    if (!resumed) {
      const renamings = this.#unproven.filter(({ type }) => type === "rename")
      this.#unproven = [...this.#standing.frames(), ...renamings]
    }
    this.#sendMore()
  }

  lost(): void {
    this.#open = false
    this.#underWay = 0
    this.#pings = []
    this.#cancelPause?.()
    this.#cancelPause = undefined
  }

  /** The server would not take the oldest errand yet: it goes again later, and what went behind it after it. */
  slowDown(ms = overloadedMs): void {
    if (this.#pings[0] !== true) return
    this.#pings.fill(false)
    this.#underWay = 0
    this.#careful = true
    this.#cancelPause?.()
    this.#cancelPause = this.parts.clock.after(ms, () => {
      this.#cancelPause = undefined
      this.#sendMore()
    })
  }

  #sendMore(): void {
    if (!this.#open || this.#cancelPause !== undefined) return
    const most = this.#careful ? 1 : atOnce
    for (const errand of this.#unproven.slice(this.#underWay, most)) {
      this.#underWay++
      this.parts.send(errand)
      this.#ping(true)
    }
  }

  #ping(proves: boolean): void {
    this.#pings.push(proves)
    this.parts.send({ type: "ping" })
  }
}
