import type { Actor, Watcher } from "./actor.ts"
import type { Alarm } from "./clock.ts"
import type { Ref, Told } from "./ref.ts"
import type { Runtime } from "./runtime.ts"

export class AskError extends Error {
  override readonly name = "AskError"

  /** No answer in time; no room in the mailbox; or the actor had ended, or ended before it answered. */
  constructor(readonly code: "timeout" | "full" | "dead") {
    super(`ask: ${code}`)
  }
}

/** The address an answer is sent to: it takes one, and ends with it. What comes later is a dead letter. */
export class Answer<R> implements Ref<R>, Watcher {
  readonly id: number
  readonly promise: Promise<R>
  readonly #runtime: Runtime
  readonly #asked: Actor | undefined
  readonly #resolvers = Promise.withResolvers<R>()
  readonly #alarm: Alarm
  #open = true

  constructor(runtime: Runtime, asked: Actor | undefined, timeoutMs: number) {
    this.id = runtime.nextId()
    this.promise = this.#resolvers.promise
    this.#runtime = runtime
    this.#asked = asked
    this.#alarm = runtime.clock.after(timeoutMs, () => this.fail("timeout"))
    asked?.addWatcher(this)
  }

  get path(): string {
    return `/ask/${this.id}`
  }

  tell(message: R): Told {
    if (!this.#close()) {
      this.#runtime.deadLetters.add(this, "dead", message)
      return "dead"
    }
    this.#resolvers.resolve(message)
    return "ok"
  }

  signal(message: R): Told {
    return this.tell(message)
  }

  offer(message: R): Told {
    return this.tell(message)
  }

  terminated(): void {
    this.fail("dead")
  }

  fail(code: AskError["code"]): void {
    if (this.#close()) this.#resolvers.reject(new AskError(code))
  }

  /** False when it was closed already. */
  #close(): boolean {
    if (!this.#open) return false
    this.#open = false
    this.#alarm.cancel()
    this.#asked?.removeWatcher(this)
    return true
  }
}
