import { type Account, costs } from "../../memory/memory-budget.ts"

/** Why an echoed message did not arrive after all. */
export type UndeliveredReason = "left" | "overflow" | "failed"

export interface Loss {
  readonly peerId: string
  readonly messageId: string
  readonly reason: UndeliveredReason
}

const remembered = 500

/**
 * Own messages that will never arrive. They are told at every resume, for nobody can say that they were heard; and
 * kept when the message itself is held no longer.
 */
export class Undelivered {
  readonly #byMessage = new Map<string, Loss>()

  constructor(readonly account: Account) {}

  add(loss: Loss): void {
    const { size } = this.#byMessage
    this.#byMessage.set(loss.messageId, loss)
    if (this.#byMessage.size > remembered) {
      const oldest = this.#byMessage.keys().next().value
      if (oldest !== undefined) this.#byMessage.delete(oldest)
    }
    this.account.charge((this.#byMessage.size - size) * costs.loss)
  }

  find(messageId: string): Loss | undefined {
    return this.#byMessage.get(messageId)
  }

  /** Adds what was saved. */
  load(losses: readonly Loss[]): void {
    for (const loss of losses) this.add(loss)
  }

  all(): Iterable<Loss> {
    return this.#byMessage.values()
  }
}
