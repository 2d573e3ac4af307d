import type { Ref } from "./ref.ts"
import type { Supervision } from "./supervision.ts"

/**
 * Why an actor ended; `restarting` is heard by `stopped` alone, for the ref lives on. A child is `orphaned` when its
 * parent failed, whether that restarts or not.
 */
export type StopReason =
  | "stopped"
  | "finished"
  | "crashed"
  | "restarting"
  | "orphaned"
  | "overflow"
  | "shutdown"

/** What an actor does with its messages. Handlers are synchronous; what takes time goes through `pipe`. */
export interface Behavior<M> {
  receive(message: M): void
  /** After the last message, when the children are gone; also before a restart. A throw here is only reported. */
  stopped?(reason: StopReason): void
}

/** Makes a behavior, in the actor's own first turn and again at each restart. A throw is a crash. */
export type Start<M> = (self: Context<M>) => Behavior<M>

/** Tells a watcher how an actor ended; `unknown` when the ref is of nothing that can be watched. */
export interface Terminated {
  readonly ref: Ref<never>
  readonly reason: StopReason | "unknown"
}

export type Settled<T> = { ok: true; value: T } | { ok: false; error: unknown }

/**
 * What an actor can do, for the length of one incarnation. All that it starts here ends with it: children
 * are stopped, timers cancelled, watches taken back, results of `pipe` discarded and counted as stale.
 * Kept beyond the incarnation it does nothing, and spawns refs that are dead already.
 */
export interface Context<M> {
  readonly self: Ref<M>
  /** 1 for the first start, one more at each restart. */
  readonly incarnation: number
  /** Milliseconds since some moment, by the system's clock: it never goes back. */
  now(): number
  /** Milliseconds since the epoch, by the system's clock, which may be set either way. */
  wall(): number
  /** From 0 up to but not including 1, by the system's source. */
  random(): number
  /** A child: it is supervised by this actor and never outlives it. It starts in a turn of its own. */
  spawn<C>(start: Start<C>, options?: SpawnOptions): Ref<C>
  /** Stops a child before its next message; what it has queued becomes dead letters. Other refs are left alone. */
  stop(child: Ref<never>): void
  /** Stops this actor after the message in hand. */
  stopSelf(): void
  /** Takes no more messages, handles those already queued, then stops as `finished`. */
  finish(): void
  /** Sends this actor a message, once and by the system lane, when `ref` has ended or if it has already. A second watch replaces the first. */
  watch(ref: Ref<never>, message: (terminated: Terminated) => M): void
  /** Takes a watch back, also when its message is queued already. */
  unwatch(ref: Ref<never>): void
  /** Sends this actor `message` by the system lane in `ms`. One timer per key: setting it again replaces it, even when it has fired and its message is still queued. */
  timer(key: string, ms: number, message: M): void
  cancel(key: string): void
  /** Sends this actor the promise's outcome by the system lane, so that a full mailbox loses none. */
  pipe<T>(promise: Promise<T>, message: (result: Settled<T>) => M): void
}

export interface SpawnOptions {
  /** A word for `path`; the id if left out. */
  readonly name?: string
  readonly mailbox?: MailboxOptions
  /** How this actor's throws are treated; `standard` if left out. */
  readonly supervision?: Supervision
}

export interface MailboxOptions {
  /** Messages in the ordinary lane at most; 1000 if left out. */
  readonly capacity?: number
  /** What a `tell` to a full mailbox does: refuse it (the default), drop the oldest for it, or stop the actor. */
  readonly overflow?: "refuse" | "drop-oldest" | "stop"
}
