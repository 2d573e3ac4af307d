import { DesiredState } from "./desired-state.ts"
import type { Command } from "./frames.ts"
import type { Clock } from "./options.ts"

export interface RetryQueueParts {
  readonly clock: Clock
  send(frame: Command | { readonly type: "ping" }): void
}

/** After `overloaded`, which says no time, in milliseconds. */
const overloadedMs = 1000

/** Commands in flight at most: when one is refused, those sent behind it are sent again as well. */
const maxInFlight = 32

/**
 * Commands to the session, in order. A ping follows each: its pong confirms that the server took the command, and a
 * refusal that comes before the pong is of that command. What is not confirmed is sent again after a loss, which is
 * harmless: every command here is idempotent.
 */
export class RetryQueue {
  readonly #desired = new DesiredState()
  #unconfirmed: Command[] = []
  /** How many of them are in flight, the oldest first. */
  #inFlight = 0
  /** For each unanswered ping, whether its pong confirms the oldest command. */
  #pings: boolean[] = []
  #open = false
  /** The server refused a command for its rate: until all are confirmed, one is sent at a time. */
  #throttled = false
  #cancelPause: (() => void) | undefined

  constructor(readonly parts: RetryQueueParts) {}

  /** Commands in flight and behind them, in order. */
  get unconfirmed(): readonly Command[] {
    return this.#unconfirmed
  }

  run(command: Command): void {
    this.#desired.apply(command)
    this.#unconfirmed.push(command)
    this.#sendMore()
  }

  /** Pings the server, unless a pong is due already. */
  ping(): void {
    if (this.#open && this.#pings.length === 0) this.#ping(false)
  }

  pong(): void {
    if (this.#pings.shift() !== true) return
    this.#unconfirmed.shift()
    this.#inFlight--
    if (this.#unconfirmed.length === 0) this.#throttled = false
    this.#sendMore()
  }

  /** Connected: a new session knows nothing of the old one's messages, and must be told the desired state. */
  opened(resumed: boolean): void {
    this.#open = true
    if (!resumed) {
      const renamings = this.#unconfirmed.filter(({ type }) => type === "rename")
      this.#unconfirmed = [...this.#desired.commands(), ...renamings]
    }
    this.#sendMore()
  }

  lost(): void {
    this.#open = false
    this.#inFlight = 0
    this.#pings = []
    this.#cancelPause?.()
    this.#cancelPause = undefined
  }

  /** The server refused the oldest command for now: it is sent again later, and those behind it after it. */
  slowDown(ms = overloadedMs): void {
    if (this.#pings[0] !== true) return
    this.#pings.fill(false)
    this.#inFlight = 0
    this.#throttled = true
    this.#cancelPause?.()
    this.#cancelPause = this.parts.clock.after(ms, () => {
      this.#cancelPause = undefined
      this.#sendMore()
    })
  }

  #sendMore(): void {
    if (!this.#open || this.#cancelPause !== undefined) return
    const most = this.#throttled ? 1 : maxInFlight
    for (const command of this.#unconfirmed.slice(this.#inFlight, most)) {
      this.#inFlight++
      this.parts.send(command)
      this.#ping(true)
    }
  }

  #ping(confirms: boolean): void {
    this.#pings.push(confirms)
    this.parts.send({ type: "ping" })
  }
}
