import type { Actor, Inspection, Parent } from "../actor.ts"
import type { Behavior, SpawnOptions, Start, StopReason } from "../behavior.ts"
import type { Alarm } from "../clock.ts"
import type { Ref } from "../ref.ts"
import type { Verdict } from "../supervision.ts"
import { judge } from "../supervision.ts"
import type { Watcher } from "../watchable.ts"
import { Envelope } from "./envelope.ts"
import type { Host } from "./incarnation.ts"
import { Incarnation } from "./incarnation.ts"
import { LocalRef, Stage } from "./local-ref.ts"
import type { Runtime } from "./runtime.ts"

const CHILDLESS: ReadonlySet<Actor> = new Set()
const NO_RESTARTS: readonly number[] = []

/** The life behind an address: turns, failures, restarts, family, end. */
export class Cell<M> extends LocalRef<M> implements Actor, Host<M> {
  #start: Start<M> | undefined
  #behavior: Behavior<M> | undefined
  #life: Incarnation<M> | undefined
  #reason: StopReason | undefined
  #restartedAt = NO_RESTARTS
  #backoff: Alarm | undefined
  #children: Set<Actor> | undefined
  #watchers: Set<Watcher> | undefined
  #lives = 0
  #processed = 0

  private constructor(runtime: Runtime, parent: Parent, start: Start<M>, options: SpawnOptions | undefined) {
    super(runtime, parent, options)
    this.#start = start
  }

  /** Brings an actor to life, to start in its first turn; a stillborn one has ended already. */
  static spawn<M>(
    runtime: Runtime,
    parent: Parent,
    start: Start<M>,
    options: SpawnOptions | undefined,
    stillborn: boolean,
  ): Cell<M> {
    const cell = new Cell(runtime, parent, start, options)
    if (stillborn || runtime.closing) {
      cell.stage = Stage.ended
      cell.#reason = "stopped"
      cell.#start = undefined
      return cell
    }
    runtime.spawned++
    runtime.alive++
    parent.adopt(cell)
    cell.schedule()
    return cell
  }

  get ended(): StopReason | undefined {
    return this.stage === Stage.ended ? this.#reason : undefined
  }

  get children(): ReadonlySet<Actor> {
    return this.#children ?? CHILDLESS
  }

  inspect(): Inspection {
    const { depth, highWater } = this.mailbox
    const restarts = Math.max(0, this.#lives - 1)
    return { depth, highWater, processed: this.#processed, restarts, watchers: this.#watchers?.size ?? 0 }
  }

  turn(limit: number): number {
    this.queued = false
    const before = this.#processed
    let spent = 1
    try {
      if (this.stage === Stage.born) this.#begin()
      spent = this.#handle(limit)
    } catch (error) {
      this.fail(error)
    }
    this.runtime.processed += this.#processed - before
    this.#rest()
    this.runtime.reaper.bury()
    return spent
  }

  addWatcher(watcher: Watcher): void {
    this.#watchers ??= new Set()
    this.#watchers.add(watcher)
  }

  removeWatcher(watcher: Watcher): void {
    this.#watchers?.delete(watcher)
  }

  adopt(child: Actor): void {
    this.#children ??= new Set()
    this.#children.add(child)
  }

  disown(child: Actor): void {
    this.#children?.delete(child)
  }

  spawnChild<C>(start: Start<C>, options: SpawnOptions | undefined, stillborn: boolean): Ref<C> {
    return Cell.spawn(this.runtime, this, start, options, stillborn)
  }

  stopChild(ref: Ref<never>): void {
    if (ref instanceof Cell && this.children.has(ref)) ref.stop("stopped")
  }

  stop(reason: StopReason): void {
    if (this.stage >= Stage.ending) return
    this.stage = Stage.ending
    this.#reason = reason
    this.runtime.reaper.take(this)
  }

  finish(reason: StopReason): void {
    if (this.stage >= Stage.finishing) return
    if (this.stage === Stage.waiting || this.mailbox.empty) return this.stop(reason)
    this.#reason = reason
    if (this.stage === Stage.running) this.stage = Stage.finishing
  }

  fail(error: unknown): void {
    const verdict = this.#judge(error)
    this.runtime.crashed({ path: this.path, error, decision: verdict.decision })
    if (this.stage >= Stage.ending || verdict.decision === "resume") return
    if (verdict.decision === "restart") return this.#restart(verdict.delayMs, verdict.restarts)
    this.end("crashed")
    if (verdict.decision === "escalate") this.parent.fail(error)
  }

  end(reason: StopReason): void {
    if (this.stage === Stage.ended) return
    const last = this.stage === Stage.ending ? (this.#reason ?? reason) : reason
    this.stage = Stage.ending
    this.#backoff?.cancel()
    this.#endLife(last)
    this.stage = Stage.ended
    this.#reason = last
    this.#start = undefined
    this.#loseQueued()
    this.runtime.alive--
    this.parent.disown(this)
    for (const watcher of this.#watchers ?? []) watcher.terminated(this, last)
    this.#watchers = undefined
  }

  #begin(): void {
    if (this.#start === undefined) return
    this.#life = new Incarnation(this, ++this.#lives)
    this.#behavior = this.#start(this.#life)
    if (this.stage === Stage.born) this.stage = this.#reason === undefined ? Stage.running : Stage.finishing
  }

  #handle(limit: number): number {
    const behavior = this.#behavior
    let spent = 0
    while (behavior !== undefined && spent < limit && this.#handles) {
      const { system, ordinary } = this.mailbox
      if (system !== undefined) this.#open(behavior, system.take())
      else if (ordinary !== undefined) this.#receive(behavior, ordinary.take())
      else break
      spent++
    }
    return spent === 0 ? 1 : spent
  }

  get #handles(): boolean {
    return this.stage === Stage.running || this.stage === Stage.finishing
  }

  #open(behavior: Behavior<M>, item: M | Envelope<M>): void {
    if (!(item instanceof Envelope)) return this.#receive(behavior, item)
    if (item.incarnation !== this.#life) return this.lose("stale", item)
    const make = item.claim()
    if (make !== undefined) this.#receive(behavior, make())
  }

  #receive(behavior: Behavior<M>, message: M): void {
    this.#processed++
    behavior.receive(message)
  }

  /** After a turn: stands in line again if there is more to do, or ends if it was to finish. */
  #rest(): void {
    if (!this.#handles) return
    if (!this.mailbox.empty) {
      if (!this.queued) this.schedule()
    } else if (this.stage === Stage.finishing) this.end(this.#reason ?? "finished")
    else this.mailbox.trim()
  }

  #judge(error: unknown): Verdict {
    const { clock, random } = this.runtime
    const failure = { error, started: this.#behavior !== undefined, now: clock.now(), random: random() }
    try {
      const verdict = judge(this.options?.supervision ?? {}, failure, this.#restartedAt)
      const over = this.stage >= Stage.finishing
      return over && verdict.decision === "restart" ? { decision: "stop" } : verdict
    } catch {
      return { decision: "stop" }
    }
  }

  #restart(delayMs: number, restarts: readonly number[]): void {
    this.#restartedAt = restarts
    this.runtime.restarts++
    this.stage = Stage.waiting
    this.#endLife("restarting")
    this.#backoff = this.runtime.clock.after(delayMs, () => {
      if (this.stage !== Stage.waiting) return
      this.stage = Stage.born
      if (!this.queued) this.schedule()
    })
  }

  #endLife(reason: StopReason): void {
    const behavior = this.#behavior
    this.#life?.end()
    this.#life = undefined
    this.#behavior = undefined
    for (const child of [...this.children].reverse()) child.end(fateOfChildren(reason))
    try {
      behavior?.stopped?.(reason)
    } catch (error) {
      this.runtime.crashed({ path: this.path, error, decision: "ignored" })
    }
  }

  #loseQueued(): void {
    const { system, ordinary } = this.mailbox
    while (system !== undefined && system.length > 0) this.lose("stopped", system.take())
    while (ordinary !== undefined && ordinary.length > 0) this.lose("stopped", ordinary.take())
    this.mailbox.trim()
  }
}

function fateOfChildren(reason: StopReason): StopReason {
  if (reason === "shutdown") return reason
  return reason === "stopped" || reason === "finished" ? "stopped" : "orphaned"
}
