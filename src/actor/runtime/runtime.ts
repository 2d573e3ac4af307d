import type { Clock } from "../clock.ts"
import { systemClock } from "../clock.ts"
import type { Decision } from "../supervision.ts"
import { DeadLetters } from "./dead-letters.ts"
import { Reaper } from "./reaper.ts"
import type { Budget, Defer, Order } from "./scheduler.ts"
import { Scheduler } from "./scheduler.ts"

export interface SystemOptions {
  readonly clock?: Clock
  /** From 0 up to but not including 1; for jitter, and for actors. */
  readonly random?: () => number
  readonly budget?: Budget
  /** Who is next among the ready; first come, first served if left out. */
  readonly order?: Order
  /** `setImmediate` if left out. */
  readonly defer?: Defer
  /** Hears of every throw. Its own throws are swallowed. */
  readonly onCrash?: (crash: Crash) => void
}

export interface Crash {
  readonly path: string
  readonly error: unknown
  /** `ignored` for a throw in a `stopped` hook: the actor was ending anyway. */
  readonly decision: Decision | "ignored"
}

export interface Counters {
  readonly spawned: number
  readonly alive: number
  /** Messages handled, by all actors together. */
  readonly processed: number
  readonly restarts: number
  readonly crashes: number
  readonly drains: number
}

/** What all actors of a system share. */
export class Runtime {
  readonly clock: Clock
  readonly random: () => number
  readonly deadLetters = new DeadLetters()
  readonly scheduler: Scheduler
  readonly reaper: Reaper
  readonly #onCrash: ((crash: Crash) => void) | undefined
  #ids = 0
  /** True from the moment a shutdown begins: nothing is born any more. */
  closing = false
  spawned = 0
  alive = 0
  processed = 0
  restarts = 0
  crashes = 0

  constructor(options: SystemOptions) {
    this.clock = options.clock ?? systemClock
    this.random = options.random ?? Math.random
    this.#onCrash = options.onCrash
    this.scheduler = new Scheduler(options.budget ?? {}, options.defer ?? setImmediate, options.order)
    this.reaper = new Reaper(this.scheduler)
  }

  get counters(): Counters {
    const { spawned, alive, processed, restarts, crashes } = this
    return { spawned, alive, processed, restarts, crashes, drains: this.scheduler.drains }
  }

  nextId(): number {
    return ++this.#ids
  }

  crashed(crash: Crash): void {
    this.crashes++
    try {
      this.#onCrash?.(crash)
    } catch {
      // A report of a crash must not cause another.
    }
  }
}
