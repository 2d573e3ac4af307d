import type { Context, Settled, SpawnOptions, Start, StopReason, Terminated } from "../behavior.ts"
import type { Alarm } from "../clock.ts"
import type { Ref } from "../ref.ts"
import { type Watcher, watchable } from "../watchable.ts"
import { typeOf } from "./dead-letters.ts"
import { Envelope } from "./envelope.ts"
import type { Runtime } from "./runtime.ts"

/** What an incarnation asks of the actor whose life it is. */
export interface Host<M> extends Ref<M> {
  readonly runtime: Runtime
  /** Queues in the system lane, or counts as a dead letter. */
  deliver(envelope: Envelope<M>): void
  spawnChild<C>(start: Start<C>, options: SpawnOptions | undefined, stillborn: boolean): Ref<C>
  stopChild(ref: Ref<never>): void
  stop(reason: StopReason): void
  finish(reason: StopReason): void
}

type Notice<M> = (terminated: Terminated) => M

/** A key's newest timer is its generation: one that is no longer in the map is stale. */
interface Timer {
  readonly alarm: Alarm
}

/** One life of an actor, from a start to the next: what its behavior may do, and all that must end with it. */
export class Incarnation<M> implements Context<M>, Watcher {
  readonly #host: Host<M>
  readonly incarnation: number
  #over = false
  #timers: Map<string, Timer> | undefined
  #watches: Map<Ref<never>, Notice<M>> | undefined

  constructor(host: Host<M>, incarnation: number) {
    this.#host = host
    this.incarnation = incarnation
  }

  get self(): Ref<M> {
    return this.#host
  }

  now(): number {
    return this.#host.runtime.clock.now()
  }

  wall(): number {
    return this.#host.runtime.clock.wall()
  }

  random(): number {
    return this.#host.runtime.random()
  }

  spawn<C>(start: Start<C>, options?: SpawnOptions): Ref<C> {
    return this.#host.spawnChild(start, options, this.#over)
  }

  stop(child: Ref<never>): void {
    if (!this.#over) this.#host.stopChild(child)
  }

  stopSelf(): void {
    if (!this.#over) this.#host.stop("stopped")
  }

  finish(): void {
    if (!this.#over) this.#host.finish("finished")
  }

  watch(ref: Ref<never>, message: Notice<M>): void {
    if (this.#over) return
    this.#watches ??= new Map()
    this.#watches.set(ref, message)
    const target = watchable(ref)
    if (target !== undefined && target.ended === undefined) target.addWatcher(this)
    else this.terminated(ref, target?.ended ?? "unknown")
  }

  unwatch(ref: Ref<never>): void {
    if (this.#watches?.delete(ref)) watchable(ref)?.removeWatcher(this)
  }

  terminated(ref: Ref<never>, reason: StopReason | "unknown"): void {
    const claim = () => {
      const notice = this.#watches?.get(ref)
      this.#watches?.delete(ref)
      return notice && (() => notice({ ref, reason }))
    }
    this.#host.deliver(new Envelope(this, "terminated", claim))
  }

  timer(key: string, ms: number, message: M): void {
    if (this.#over) return
    this.#timers ??= new Map()
    const timers = this.#timers
    timers.get(key)?.alarm.cancel()
    const claim = () => (timers.get(key) === timer && timers.delete(key) ? () => message : undefined)
    const ring = () => this.#host.deliver(new Envelope(this, typeOf(message), claim))
    const timer: Timer = { alarm: this.#host.runtime.clock.after(Math.max(0, ms), ring) }
    timers.set(key, timer)
  }

  cancel(key: string): void {
    this.#timers?.get(key)?.alarm.cancel()
    this.#timers?.delete(key)
  }

  pipe<T>(promise: Promise<T>, message: (result: Settled<T>) => M): void {
    const settle = (result: Settled<T>) =>
      this.#settled(new Envelope(this, "pipe", () => () => message(result)))
    promise.then(
      (value) => settle({ ok: true, value }),
      (error: unknown) => settle({ ok: false, error }),
    )
  }

  /** Ends all that this life started, except the children, whose end is the host's affair. */
  end(): void {
    this.#over = true
    for (const timer of this.#timers?.values() ?? []) timer.alarm.cancel()
    for (const ref of this.#watches?.keys() ?? []) watchable(ref)?.removeWatcher(this)
    this.#timers = undefined
    this.#watches = undefined
  }

  #settled(envelope: Envelope<M>): void {
    if (this.#over) this.#host.runtime.deadLetters.add(this.#host, "stale", envelope)
    else this.#host.deliver(envelope)
  }
}
