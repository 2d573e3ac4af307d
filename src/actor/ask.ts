import type { Alarm } from "./clock.ts"
import type { Ref, Told } from "./ref.ts"
import type { Runtime } from "./runtime/runtime.ts"
import type { Watchable, Watcher } from "./watchable.ts"

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
  readonly #runtime: Runtime
  readonly #asked: Watchable | undefined
  readonly #resolvers = Promise.withResolvers<R>()
  #alarm: Alarm | undefined
  #open = true

  constructor(runtime: Runtime, asked: Watchable | undefined) {
    this.id = runtime.nextId()
    this.#runtime = runtime
    this.#asked = asked
  }

  get path(): string {
    return `/ask/${this.id}`
  }

  /** The answer; to be called before the question is sent. */
  within(timeoutMs: number): Promise<R> {
    this.#alarm = this.#runtime.clock.after(timeoutMs, () => this.fail("timeout"))
    this.#asked?.addWatcher(this)
    return this.#resolvers.promise
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
    this.#alarm?.cancel()
    this.#asked?.removeWatcher(this)
    return true
  }
}
