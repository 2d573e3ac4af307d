import type { StopReason } from "./behavior.ts"
import type { Ref } from "./ref.ts"

/** Hears how what it watches has ended. */
export interface Watcher {
  terminated(ref: Ref<never>, reason: StopReason): void
}

/**
 * A ref whose end can be watched: an actor of this process, or what stands for one elsewhere. Its end is told once to
 * each watcher, and only after `ended` says so.
 */
export interface Watchable extends Ref<never> {
  /** How it ended; undefined while it lives. */
  readonly ended: StopReason | undefined
  addWatcher(watcher: Watcher): void
  removeWatcher(watcher: Watcher): void
}

/** Undefined when nobody can learn of the end of `ref`. */
export function watchable(ref: Ref<never>): Watchable | undefined {
  return isWatchable(ref) ? ref : undefined
}

function isWatchable(ref: Ref<never>): ref is Watchable {
  return "addWatcher" in ref && "removeWatcher" in ref && "ended" in ref
}
