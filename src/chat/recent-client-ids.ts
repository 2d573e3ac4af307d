import type { Entry } from "./conversation.ts"

const remembered = 256

/** The last accepted messages by the id their client gave them, so that a repeat is harmless. */
export class RecentClientIds {
  readonly #entries = new Map<string, Entry>()

  find(clientId: string): Entry | undefined {
    return this.#entries.get(clientId)
  }

  /** The entry has changed: its message was taken back. */
  replace(entry: Entry): void {
    if (entry.clientId !== undefined && this.#entries.has(entry.clientId))
      this.#entries.set(entry.clientId, entry)
  }

  add(clientId: string, entry: Entry): void {
    this.#entries.set(clientId, entry)
    if (this.#entries.size <= remembered) return
    const oldest = this.#entries.keys().next().value
    if (oldest !== undefined) this.#entries.delete(oldest)
  }
}
