import type { Actor, Inspection, Parent } from "../actor.ts"
import { Answer } from "../ask.ts"
import type { SpawnOptions, Start } from "../behavior.ts"
import type { Ref } from "../ref.ts"
import { watchable } from "../watchable.ts"
import { Cell } from "./cell.ts"
import type { DeadLetters } from "./dead-letters.ts"
import type { Counters, SystemOptions } from "./runtime.ts"
import { Runtime } from "./runtime.ts"
import { Shutdown } from "./shutdown.ts"

/** Where actors live: they share its scheduler, clock and counters, and end with it. */
export class ActorSystem {
  readonly #runtime: Runtime
  readonly #root = new Root()
  #shutdown: Shutdown | undefined

  constructor(options: SystemOptions = {}) {
    this.#runtime = new Runtime(options)
  }

  get counters(): Counters {
    return this.#runtime.counters
  }

  get deadLetters(): DeadLetters {
    return this.#runtime.deadLetters
  }

  /** An actor without a parent. After a shutdown began the ref is dead already. */
  spawn<M>(start: Start<M>, options?: SpawnOptions): Ref<M> {
    return Cell.spawn(this.#runtime, this.#root, start, options, false)
  }

  /** Stops an actor before its next message; what it has queued becomes dead letters. */
  stop(ref: Ref<never>): void {
    this.#find(ref)?.stop("stopped")
  }

  /**
   * Sends a message that names where to answer, and waits `timeoutMs` at most. Rejects with an `AskError`. With
   * `urgent` it goes by the system lane, which is never full.
   */
  ask<M, R>(
    ref: Ref<M>,
    message: (replyTo: Ref<R>) => M,
    timeoutMs: number,
    options?: { readonly urgent?: boolean },
  ): Promise<R> {
    const answer = new Answer<R>(this.#runtime, watchable(ref))
    const question = message(answer)
    const answered = answer.within(timeoutMs)
    const told = options?.urgent ? ref.signal(question) : ref.tell(question)
    if (told !== "ok") answer.fail(told)
    return answered
  }

  /** Figures of a living actor. */
  inspect(ref: Ref<never>): Inspection | undefined {
    const actor = this.#find(ref)
    return actor?.ended === undefined ? actor?.inspect() : undefined
  }

  /**
   * Ends all actors, the last born first, each when it has handled what it had. At the deadline those that are
   * left end with what they have queued, and the answer is false. A second call joins the first.
   */
  shutdown(deadlineMs: number): Promise<boolean> {
    this.#runtime.closing = true
    this.#shutdown ??= new Shutdown(this.#root, this.#runtime.clock, deadlineMs)
    return this.#shutdown.done
  }

  #find(ref: Ref<never>): Actor | undefined {
    return ref instanceof Cell && ref.runtime === this.#runtime ? ref : undefined
  }
}

/** The parent of those that have none. An error escalated to it has found its end: the child is gone. */
class Root implements Parent {
  readonly path = ""
  readonly children = new Set<Actor>()

  adopt(child: Actor): void {
    this.children.add(child)
  }

  disown(child: Actor): void {
    this.children.delete(child)
  }

  fail(): void {}
}
