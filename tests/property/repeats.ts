/** How often each message was sent beyond its first time, and not yet answered so: an answer may come out of turn. */
export class Repeats {
  readonly #open = new Map<string, number>()

  sent(clientId: string): void {
    this.#open.set(clientId, (this.#open.get(clientId) ?? -1) + 1)
  }

  /** Sent again, perhaps by another device than the first time. */
  again(clientId: string): void {
    this.#open.set(clientId, (this.#open.get(clientId) ?? 0) + 1)
  }

  /** Whether this answers one of them. */
  answered(clientId = ""): boolean {
    const open = this.#open.get(clientId) ?? 0
    this.#open.set(clientId, open - 1)
    return open > 0
  }
}
