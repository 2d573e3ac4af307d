import type { PresenceChange, PresenceStore } from "../../src/chat/presence/presence-store.ts"

type Work = "open" | "write" | "renew" | "close"

interface Call {
  readonly work: Work
  readonly changes: readonly PresenceChange[]
  readonly settle: PromiseWithResolvers<void>
}

/** A store whose every answer the test gives: the one for faults that a server does not have on demand. */
export class ScriptedStore implements PresenceStore {
  /** Everything asked so far. */
  readonly asked: Work[] = []
  /** What `renew` says there is. */
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

  /** What is asked and not answered. */
  get waiting(): readonly Work[] {
    return this.#waiting.map((call) => call.work)
  }

  /** Answers the oldest request, and tells which changes it brought. */
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
