import type { StopReason, Told, Watchable, Watcher } from "../../src/actor/index.ts"

/** Stands for an actor elsewhere, and ends when a test says so. */
export class RemoteProbe implements Watchable {
  readonly id = 4711
  readonly path = "/elsewhere/4711"
  readonly watchers = new Set<Watcher>()
  ended: StopReason | undefined

  tell(): Told {
    return this.ended === undefined ? "ok" : "dead"
  }

  signal(): Told {
    return this.tell()
  }

  offer(): Told {
    return this.tell()
  }

  addWatcher(watcher: Watcher): void {
    this.watchers.add(watcher)
  }

  removeWatcher(watcher: Watcher): void {
    this.watchers.delete(watcher)
  }

  end(reason: StopReason): void {
    this.ended = reason
    for (const watcher of [...this.watchers]) watcher.terminated(this, reason)
    this.watchers.clear()
  }
}
