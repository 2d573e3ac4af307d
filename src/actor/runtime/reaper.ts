import type { Scheduler } from "./scheduler.ts"

export interface Reapable {
  end(reason: "stopped"): void
}

/**
 * Ends actors that were stopped, once no actor's code is on the stack: an actor may stop its parent, and a
 * `stopped` hook another actor, yet no hook runs inside another's code.
 */
export class Reaper {
  readonly #scheduler: Scheduler
  readonly #doomed: Reapable[] = []
  #burying = false

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler
  }

  /** Ends `actor` now, or at the end of the turn that is under way. It keeps the reason it was stopped for. */
  take(actor: Reapable): void {
    this.#doomed.push(actor)
    if (!this.#scheduler.draining) this.bury()
  }

  /** Ends all that were taken, and those that their hooks stop meanwhile. */
  bury(): void {
    if (this.#burying || this.#doomed.length === 0) return
    this.#burying = true
    for (const actor of this.#doomed) actor.end("stopped")
    this.#doomed.length = 0
    this.#burying = false
  }
}
