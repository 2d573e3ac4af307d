import type { PresenceChange, PresenceStore } from "../../src/chat/presence/presence-store.ts"

type Work = "open" | "write" | "renew" | "close"

interface Call {
  readonly work: Work
  readonly changes: readonly PresenceChange[]
  readonly settle: PromiseWithResolvers<void>
}

/** A store whose every answer the test gives, for faults that a real server cannot have on demand. */
export class ScriptedStore implements PresenceStore {
  /** All calls so far. */
  readonly asked: Work[] = []
  /** The number of rows that `renew` returns. */
  held = 0
  #waiting: Call[] = []

  open(): Promise<void> {
    return this.#ask("open")
  }

  write(changes: readonly PresenceChange[]): Promise<void> {
    return this.#ask("write", changes)
  }

  async renew(): Promise<number> {
    await this.#ask("renew")
    return this.held
  }

  close(): Promise<void> {
    return this.#ask("close")
  }

  /** The unanswered calls. */
  get waiting(): readonly Work[] {
    return this.#waiting.map((call) => call.work)
  }

  /** Answers the oldest call, and returns its changes. */
  answer(work: Work): readonly PresenceChange[] {
    const call = this.#next(work)
    call.settle.resolve()
    return call.changes
  }

  refuse(work: Work, error = new Error("refused")): void {
    this.#next(work).settle.reject(error)
  }

  #ask(work: Work, changes: readonly PresenceChange[] = []): Promise<void> {
    this.asked.push(work)
    const settle = Promise.withResolvers<void>()
    this.#waiting.push({ work, changes, settle })
    return settle.promise
  }

  #next(work: Work): Call {
    const call = this.#waiting.shift()
    if (call?.work !== work) throw new Error(`expected ${work}, and ${call?.work ?? "nothing"} was asked`)
    return call
  }
}
