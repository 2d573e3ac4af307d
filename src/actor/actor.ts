import type { StopReason } from "./behavior.ts"
import type { Runnable } from "./runtime/scheduler.ts"
import type { Watchable } from "./watchable.ts"

export interface Inspection {
  /** Messages waiting in the ordinary lane. */
  readonly depth: number
  /** The most that ever waited there. */
  readonly highWater: number
  /** Messages handled, over all incarnations. */
  readonly processed: number
  readonly restarts: number
  /** Who is told of its end: watches of other actors, and asks under way. */
  readonly watchers: number
}

/** Where actors are born: another actor, or the system itself. */
export interface Parent {
  readonly path: string
  /** In order of birth. */
  readonly children: ReadonlySet<Actor>
  adopt(child: Actor): void
  disown(child: Actor): void
  /** A child's error that was escalated, treated as this one's own. */
  fail(error: unknown): void
}

/** An actor as its family, its watchers and the system see it: without the type of its messages. */
export interface Actor extends Parent, Watchable, Runnable {
  inspect(): Inspection
  /** Takes no more messages and ends at the end of the turn that is under way, or now if none is. */
  stop(reason: StopReason): void
  /** Takes no more messages, handles those it has, then ends; at once if it waits for a restart. */
  finish(reason: StopReason): void
  /** Ends now: children first, the last born before the others. Only while no code of an actor is on the stack. */
  end(reason: StopReason): void
}
