import type { Behavior, Context, Settled, Start, StopReason } from "../actor/index.ts"
import type { PresenceChange, PresenceRow, PresenceStore } from "../chat/presence/presence-store.ts"
import { Backlog, batchSize } from "./backlog.ts"
import { describeFailure } from "./postgres/failure.ts"
import type { PresenceWriterTurn, StoreOutcome } from "./presence-writer-message.ts"
import type { StoreHealth } from "./store-health.ts"
import type { StoreLog } from "./store-log.ts"

export type { PresenceWriterMessage } from "./presence-writer-message.ts"

export interface PresenceWriterOptions {
  readonly store: PresenceStore
  /** The writer renews after a third of it. */
  readonly leaseSeconds: number
  /** Everybody's row, with all changes so far: the writer reads here those that it skipped while the store was away. */
  readonly everyone: () => Iterable<PresenceRow>
  /** Written only by this actor. */
  readonly health: StoreHealth
  readonly log: StoreLog
}

const gatherMs = 100
const firstRetryMs = 250
const longestRetryMs = 5_000
/** How long a close waits for the request in flight. */
const closeTimeoutMs = 1_000

/**
 * The permanent actor that keeps the table up to date: one request at a time, and after a failure again from an
 * empty table. Spawn it as `permanent`; it starts by opening the store.
 */
export function presenceWriter(options: PresenceWriterOptions): Start<PresenceWriterTurn> {
  return (self) => new PresenceWriter(self, options)
}

class PresenceWriter implements Behavior<PresenceWriterTurn> {
  readonly #backlog = new Backlog()
  #phase: "away" | "open" | "closing" | "shutting" | "closed" = "away"
  #busy = false
  #gathering = false
  #leaseDue = false
  #failures = 0
  #inFlight = 0
  /** Rows still to write before the table is whole; 0 when it is. */
  #missing = 0
  #closed: (() => void)[] = []

  constructor(
    readonly self: Context<PresenceWriterTurn>,
    readonly options: PresenceWriterOptions,
  ) {
    this.#open()
  }

  receive(message: PresenceWriterTurn): void {
    switch (message.type) {
      case "changes":
        return this.#gather(message.changes)
      case "close":
        return this.#close(message.done)
      case "gathered":
        this.#gathering = false
        return this.#next()
      case "lost":
        if (this.#phase !== "open") return
        this.#leaseDue = true
        return this.#next()
      case "lease":
        this.#leaseDue = true
        return this.#next()
      case "retry":
        return this.#open()
      case "shut":
        return this.#shut()
      case "closed":
        return this.#finish(message.result)
      default:
        return this.#settle(message)
    }
  }

  stopped(reason: StopReason): void {
    this.#become("down")
    if (reason === "restarting" || (this.#phase !== "away" && this.#phase !== "open")) return
    this.options.store.close().catch(() => {})
  }

  #open(): void {
    this.#busy = true
    this.self.pipe(this.options.store.open(), (result) => ({ type: "opened", result }))
  }

  #gather(changes: readonly PresenceChange[]): void {
    if (this.#phase !== "open") return
    for (const change of changes) this.#backlog.add(change)
    this.#count()
    this.#gatherMore()
  }

  #gatherMore(): void {
    if (this.#gathering || this.#busy || this.#backlog.size === 0) return
    this.#gathering = true
    this.self.timer("gather", gatherMs, { type: "gathered" })
  }

  #next(): void {
    if (this.#busy || this.#phase !== "open") return
    if (this.#leaseDue) this.#renew()
    else if (this.#backlog.size > 0) this.#write()
  }

  #renew(): void {
    this.#busy = true
    this.#leaseDue = false
    this.self.timer("lease", this.#renewalMs, { type: "lease" })
    this.self.pipe(this.options.store.renew(), (result) => ({ type: "renewed", result }))
  }

  #write(): void {
    this.#busy = true
    const changes = this.#backlog.take(batchSize)
    this.#inFlight = changes.length
    this.#missing = Math.max(0, this.#missing - changes.length)
    this.self.pipe(this.options.store.write(changes), (result) => ({ type: "wrote", result }))
  }

  #settle(outcome: StoreOutcome): void {
    this.#busy = false
    this.#inFlight = 0
    if (this.#phase === "closing") return this.#shut()
    if (this.#phase === "shutting" || this.#phase === "closed") return
    if (!outcome.result.ok) return this.#fail(outcome.result.error)
    if (outcome.type === "opened") this.#opened()
    else this.#failures = 0
    if (outcome.type === "renewed") this.#compare(outcome.result.value)
    if (this.#phase !== "open") return
    // Some people may have left meanwhile.
    this.#missing = Math.min(this.#missing, this.#backlog.size)
    if (this.#missing === 0) this.#up()
    this.#count()
    if (this.#leaseDue || this.#missing > 0 || this.#backlog.size >= batchSize) this.#next()
    else this.#gatherMore()
  }

  #opened(): void {
    this.#phase = "open"
    this.#backlog.refill(this.options.everyone())
    this.#missing = this.#backlog.size
    this.self.timer("lease", this.#renewalMs, { type: "lease" })
  }

  /**
   * Rows that vanished are written again, and the others stay. Too many rows are left from an abandoned write: then
   * the writer starts again, as after a failure.
   */
  #compare(held: number): void {
    const written = this.#backlog.rows
    if (held === written) return
    this.options.log("info", "presence rows were changed by somebody else", { held, written })
    if (held < written) return this.#backlog.refill(this.options.everyone())
    this.#away()
    this.#open()
  }

  #fail(error: unknown): void {
    const { health, log } = this.options
    const failure = describeFailure(error)
    const known = health.state === "down" && health.lastError === failure
    health.lastError = failure
    this.#become("down")
    this.#away()
    const inMs = this.#backoff()
    log(known ? "debug" : "warn", "presence does not reach the store", { failure, retry_ms: inMs })
    this.self.timer("retry", inMs, { type: "retry" })
  }

  #away(): void {
    this.#phase = "away"
    this.#leaseDue = false
    this.#gathering = false
    this.self.cancel("gather")
    this.self.cancel("lease")
    this.#backlog.clear()
    this.#count()
  }

  #backoff(): number {
    const ceiling = Math.min(longestRetryMs, firstRetryMs * 2 ** this.#failures++)
    return Math.round(ceiling * (0.5 + this.self.random() / 2))
  }

  #up(): void {
    if (this.options.health.state === "up") return
    this.#become("up")
    this.options.log("info", "presence reaches the store", { rows: this.#backlog.rows })
  }

  #close(done: () => void): void {
    if (this.#phase === "closed") return done()
    this.#closed.push(done)
    if (this.#phase !== "away" && this.#phase !== "open") return
    this.#away()
    this.#phase = "closing"
    this.self.cancel("retry")
    if (this.#busy) this.self.timer("shut", closeTimeoutMs, { type: "shut" })
    else this.#shut()
  }

  #shut(): void {
    this.#phase = "shutting"
    this.self.cancel("shut")
    this.self.pipe(this.options.store.close(), (result) => ({ type: "closed", result }))
  }

  #finish(result: Settled<void>): void {
    if (!result.ok) {
      this.options.log("warn", "this node's presence rows are left to its lease", {
        failure: describeFailure(result.error),
      })
    }
    this.#phase = "closed"
    this.#become("down")
    for (const done of this.#closed) done()
    this.#closed = []
  }

  #become(state: StoreHealth["state"]): void {
    if (this.options.health.state === state) return
    this.options.health.state = state
    this.options.health.since = this.self.wall()
  }

  #count(): void {
    this.options.health.pending = this.#backlog.size + this.#inFlight
  }

  get #renewalMs(): number {
    return (this.options.leaseSeconds * 1000) / 3
  }
}
