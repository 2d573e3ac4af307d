import type { Alarm, Clock } from "./clock.ts"
import type { Crash, SystemOptions } from "./runtime/runtime.ts"
import { ActorSystem } from "./runtime/system.ts"

export interface TestSystem {
  readonly system: ActorSystem
  readonly clock: HandClock
  /** The seed's numbers, for tests that make their own choices. */
  random(): number
  /** Every throw so far, oldest first. */
  readonly crashes: readonly Crash[]
  /** Runs one drain, and says whether any actor was ready. */
  step(): boolean
  /** Runs drains until no actor is ready. Throws after 10,000: then some actors never rest. */
  flush(): void
  /** Lets pending promises settle, flushing between, so that what was piped is handled. */
  settle(): Promise<void>
  /** Moves the clock, ringing timers in order and flushing after each. */
  advance(ms: number): void
}

export interface TestOptions extends Omit<SystemOptions, "clock" | "defer" | "order"> {
  /** Decides, with the production scheduler, in which order ready actors run; and is the source of `random`. */
  readonly seed?: number
  /** The time at the start, in milliseconds since the epoch; 2026-01-01 if left out. */
  readonly now?: number
}

const DRAINS = 10_000
const PROMISE_STEPS = 20

/** An actor system whose clock stands still and whose drains run when asked. The rest is production code. */
export function createTestSystem(options: TestOptions = {}): TestSystem {
  const { seed = 1, now = Date.UTC(2026, 0, 1), ...rest } = options
  const clock = new HandClock(now)
  const random = seededRandom(seed)
  const crashes: Crash[] = []
  let drain: (() => void) | undefined
  const system = new ActorSystem({
    random: seededRandom(seed + 1),
    ...rest,
    clock,
    order: (ready) => Math.floor(random() * ready),
    defer: (next) => {
      drain = next
    },
    onCrash: (crash) => {
      crashes.push(crash)
      rest.onCrash?.(crash)
    },
  })

  function step(): boolean {
    const next = drain
    drain = undefined
    next?.()
    return next !== undefined
  }

  function flush(): void {
    for (let drains = 0; step(); drains++) {
      if (drains === DRAINS) throw new Error("flush: these actors never rest")
    }
  }

  async function settle(): Promise<void> {
    for (let step = 0; step < PROMISE_STEPS; step++) {
      flush()
      await Promise.resolve()
    }
    flush()
  }

  function advance(ms: number): void {
    flush()
    const end = clock.now() + ms
    while (clock.ringNext(end)) flush()
  }

  return { system, clock, random, crashes, step, flush, settle, advance }
}

/** A clock that is moved by hand. */
export class HandClock implements Clock {
  readonly #alarms = new Set<{ at: number; ring: () => void }>()
  #now: number
  #setBy = 0

  constructor(now: number) {
    this.#now = now
  }

  /** Alarms that are still to ring. */
  get pending(): number {
    return this.#alarms.size
  }

  now(): number {
    return this.#now
  }

  wall(): number {
    return this.#now + this.#setBy
  }

  /** Sets the wall clock forward, or back. */
  set(byMs: number): void {
    this.#setBy += byMs
  }

  after(ms: number, ring: () => void): Alarm {
    const alarm = { at: this.#now + ms, ring }
    this.#alarms.add(alarm)
    return { cancel: () => void this.#alarms.delete(alarm) }
  }

  /** Moves to the next alarm up to `end` and rings it; moves to `end` and is false when there is none. */
  ringNext(end: number): boolean {
    let next: { at: number; ring: () => void } | undefined
    for (const alarm of this.#alarms) if (alarm.at < (next?.at ?? Number.POSITIVE_INFINITY)) next = alarm
    if (next === undefined || next.at > end) {
      this.#now = end
      return false
    }
    this.#alarms.delete(next)
    this.#now = Math.max(this.#now, next.at)
    next.ring()
    return true
  }
}

/** Numbers from 0 up to 1 that repeat with their seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
