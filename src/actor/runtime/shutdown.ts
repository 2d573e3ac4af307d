import type { Actor, Parent } from "../actor.ts"
import type { Alarm, Clock } from "../clock.ts"
import type { Watcher } from "../watchable.ts"

/** Ends all actors, the last born first, each when it has handled what it had; at the deadline, all that are left. */
export class Shutdown implements Watcher {
  readonly done: Promise<boolean>
  readonly #root: Parent
  readonly #left: Actor[]
  readonly #resolvers = Promise.withResolvers<boolean>()
  readonly #deadline: Alarm

  constructor(root: Parent, clock: Clock, deadlineMs: number) {
    this.done = this.#resolvers.promise
    this.#root = root
    this.#left = family(root).sort((one, other) => one.id - other.id)
    this.#deadline = clock.after(deadlineMs, () => this.#giveUp())
    this.terminated()
  }

  /** Goes on with the next; in a loop, for most end at once. */
  terminated(): void {
    for (let last = this.#left.at(-1); last !== undefined; last = this.#left.at(-1)) {
      last.finish("shutdown")
      if (last.ended === undefined) return last.addWatcher(this)
      this.#left.pop()
    }
    this.#deadline.cancel()
    this.#resolvers.resolve(true)
  }

  #giveUp(): void {
    this.#resolvers.resolve(false)
    for (const child of [...this.#root.children].reverse()) child.stop("shutdown")
  }
}

function family(parent: Parent): Actor[] {
  return [...parent.children].flatMap((child) => [child, ...family(child)])
}
