import type { UndeliveredReason } from "./errors.ts"

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
export class Losses {
  readonly #byMessage = new Map<string, Loss>()

  add(loss: Loss): void {
    this.#byMessage.set(loss.messageId, loss)
    if (this.#byMessage.size <= remembered) return
    const oldest = this.#byMessage.keys().next().value
    if (oldest !== undefined) this.#byMessage.delete(oldest)
  }

  find(messageId: string): Loss | undefined {
    return this.#byMessage.get(messageId)
  }

  all(): Iterable<Loss> {
    return this.#byMessage.values()
  }
}
