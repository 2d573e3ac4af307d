import type { PresenceChange, PresenceRow } from "../chat/presence/presence-store.ts"

/** The most rows that one statement writes. */
export const batchSize = 2000

/**
 * The changes still to be written: the latest of each user. It also knows which rows exist, so that a user who came
 * and went between two writes costs nothing, and the number of rows can be checked.
 */
export class Backlog {
  readonly #changes = new Map<string, PresenceChange>()
  readonly #written = new Set<string>()

  /** How many changes wait. */
  get size(): number {
    return this.#changes.size
  }

  /** How many rows exist once every change taken is written. */
  get rows(): number {
    return this.#written.size
  }

  add(change: PresenceChange): void {
    if (change.type === "present") this.#changes.set(change.row.id, change)
    else if (this.#written.has(change.id)) this.#changes.set(change.id, change)
    else this.#changes.delete(change.id)
  }

  /** Takes up to `most` of the oldest changes, to be written now. */
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

  /** Adds a change for everybody, whether their row exists or not. */
  refill(everyone: Iterable<PresenceRow>): void {
    for (const row of everyone) this.#changes.set(row.id, { type: "present", row })
  }

  /** Forgets all changes and rows. */
  clear(): void {
    this.#changes.clear()
    this.#written.clear()
  }
}
