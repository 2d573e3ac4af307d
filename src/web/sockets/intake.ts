import type { Alarm, Clock } from "../../actor/index.ts"

/** What can be read or not: a socket of Bun's. */
export interface Tap {
  pause(): void
  resume(): void
}

/** Shorter pauses cost more than they save. */
const shortestPauseMs = 100

/** Who is read for this long without a pause is no longer over their rate. */
const calmMs = 5_000

/** Who is over their rate for this long is read no more. */
const patienceMs = 60_000

/** When one socket is read: once it is welcome, and while nothing is owed for what came. */
export class Intake {
  #isWelcome = false
  #alarm: Alarm | undefined
  #until = 0
  #overSince = 0
  #resumedAt = Number.NEGATIVE_INFINITY

  constructor(
    readonly tap: Tap,
    readonly clock: Clock,
    /** Whether what was read has yet to be handled: it is first. */
    readonly isBehind: () => boolean,
    /** Has `resume` called when it is this socket's turn: of a crowd one is read after the other. */
    readonly inTurn: () => void,
  ) {
    tap.pause()
  }

  /** Whether it is paused because something is owed. */
  get isOver(): boolean {
    return this.#alarm !== undefined
  }

  /** Whether the session has taken it in. */
  get isWelcome(): boolean {
    return this.#isWelcome
  }

  welcome(): void {
    this.#isWelcome = true
    if (!this.isOver) this.tap.resume()
  }

  /** Pauses for as long as something is owed. `false` when that has gone on for too long. */
  owe(owedMs: number, now: number): boolean {
    const wasOver = this.isOver
    this.#until = Math.max(this.#until, now + Math.max(owedMs, shortestPauseMs))
    if (wasOver) return true
    if (now - this.#resumedAt >= calmMs) this.#overSince = now
    if (now - this.#overSince >= patienceMs) return false
    this.tap.pause()
    this.#wait(this.#dueMs(now))
    return true
  }

  resume(): void {
    if (!this.isOver) return
    this.#alarm = undefined
    this.#until = 0
    this.#resumedAt = this.clock.now()
    if (this.#isWelcome) this.tap.resume()
  }

  /** Reads nothing more, and waits for nothing. */
  close(): void {
    this.#alarm?.cancel()
    this.#alarm = undefined
  }

  #wait(ms: number): void {
    this.#alarm = this.clock.after(ms, () => this.#look())
  }

  /** When the patience is over it is read, whatever is owed: a flood shows itself at once, and one who fell silent stays. */
  #look(): void {
    const now = this.clock.now()
    const dueMs = this.#dueMs(now)
    if (dueMs > 0) return this.#wait(dueMs)
    if (this.isBehind()) return this.#wait(shortestPauseMs)
    this.inTurn()
  }

  #dueMs(now: number): number {
    return Math.min(this.#until, this.#overSince + patienceMs) - now
  }
}
