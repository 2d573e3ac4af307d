import type { Message } from "./message.ts"
import { outstandingAtMost } from "./outstanding.ts"

/** The ids of what blocked senders said and may still wait for, by sender: no acknowledgement may cover them. */
export class Unheard {
  readonly #bySender = new Map<string, Set<string>>()

  add({ id, senderId }: Message): void {
    const ids = this.#bySender.get(senderId) ?? new Set()
    this.#bySender.set(senderId, ids.add(id))
    if (ids.size <= outstandingAtMost) return
    const [oldest] = ids
    if (oldest !== undefined) ids.delete(oldest)
  }

  /** As of now: whoever is told of it must not learn of what a later block swallows. */
  of(senderId: string): ReadonlySet<string> | undefined {
    const ids = this.#bySender.get(senderId)
    return ids && new Set(ids)
  }

  forget(senderId: string): void {
    this.#bySender.delete(senderId)
  }
}
