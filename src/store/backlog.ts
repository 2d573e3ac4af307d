import type { PresenceChange, PresenceRow } from "../chat/presence/presence-store.ts"

/** The most rows that one statement writes. */
export const batchSize = 2000

/**
 * What is still to be written: the latest change of each user. It also knows whose rows there are, so
 * that a user who came and went between two writes costs nothing, and the number of rows can be checked.
 */
export class Backlog {
  readonly #changes = new Map<string, PresenceChange>()
  readonly #written = new Set<string>()

  /** Changes that wait. */
  get size(): number {
    return this.#changes.size
  }

  /** Rows that there are once all that was taken is written. */
  get rows(): number {
    return this.#written.size
  }

  add(change: PresenceChange): void {
    if (change.type === "present") this.#changes.set(change.row.id, change)
    else if (this.#written.has(change.id)) this.#changes.set(change.id, change)
    else this.#changes.delete(change.id)
  }

  /** Takes the oldest changes, `most` of them at most, to be written now. */
  take(most: number): PresenceChange[] {
    const taken: PresenceChange[] = []
    for (const [id, change] of this.#changes) {
      if (taken.length === most) break
      taken.push(change)
      this.#changes.delete(id)
      if (change.type === "present") this.#written.add(id)
      else this.#written.delete(id)
    }
    return taken
  }

  /** Has everybody written, whether their rows are there or not. */
  refill(everyone: Iterable<PresenceRow>): void {
    for (const row of everyone) this.#changes.set(row.id, { type: "present", row })
  }

  /** Nothing waits, and there are no rows. */
  clear(): void {
    this.#changes.clear()
    this.#written.clear()
  }
}
