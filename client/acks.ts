import type { Clock } from "./options.ts"

/** The shortest time between two acknowledgements, in milliseconds. */
const minIntervalMs = 50

export interface AckParts {
  readonly clock: Clock
  send(seq: number): void
}

/** Acknowledges what has come: at once, but only the highest number when many messages come together. */
export class Acks {
  #open = false
  #have = 0
  #told = 0
  #toldAt = 0
  #cancelPause: (() => void) | undefined

  constructor(readonly parts: AckParts) {}

  /** Connected: acknowledges again, for the session may not have heard it on the lost socket. */
  opened(have: number): void {
    this.#open = true
    this.#have = have
    this.#told = 0
    this.flush()
  }

  has(seq: number): void {
    this.#have = seq
    // Not by the timer alone: a browser slows those of a hidden tab.
    const isPaused = this.#cancelPause !== undefined
    if (!isPaused || this.parts.clock.now() - this.#toldAt >= minIntervalMs) this.flush()
  }

  /** Sends what is due now, for example before a close. */
  flush(): void {
    if (!this.#open || this.#have <= this.#told) return
    this.#told = this.#have
    this.#toldAt = this.parts.clock.now()
    this.parts.send(this.#have)
    this.#cancelPause?.()
    this.#cancelPause = this.parts.clock.after(minIntervalMs, () => {
      this.#cancelPause = undefined
      this.flush()
    })
  }

  lost(): void {
    this.#open = false
    this.#cancelPause?.()
    this.#cancelPause = undefined
  }
}
