import type { Clock } from "./options.ts"

/** Between two acknowledgements at least, in milliseconds. */
const apartMs = 50

export interface AckParts {
  readonly clock: Clock
  send(seq: number): void
}

/** Tells the session what has come: at once, but the highest number alone when much comes together. */
export class Acks {
  #open = false
  #have = 0
  #told = 0
  #cancelPause: (() => void) | undefined

  constructor(readonly parts: AckParts) {}

  /** Connected: tells again what a lost socket may have kept from the session. */
  opened(have: number): void {
    this.#open = true
    this.#have = have
    this.#told = 0
    this.flush()
  }

  has(seq: number): void {
    this.#have = seq
    if (this.#cancelPause === undefined) this.flush()
  }

  /** Tells what is due now, as before a close. */
  flush(): void {
    if (!this.#open || this.#have <= this.#told) return
    this.#told = this.#have
    this.parts.send(this.#have)
    this.#cancelPause?.()
    this.#cancelPause = this.parts.clock.after(apartMs, () => {
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
