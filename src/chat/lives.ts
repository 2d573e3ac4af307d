/** What a client has of its user's session. */
export interface Cursor {
  /** The last number; nothing when it has none. */
  readonly after: number | undefined
  /** The id of the life that the number is of, where the dialect tells it. */
  readonly life: string | undefined
}

export const noCursor: Cursor = { after: undefined, life: undefined }

const remembered = 100

/**
 * Which cursors are of this life of a user. A user comes back with the same id after their session ended, and numbers
 * begin again at 1: a cursor may be of an earlier life.
 */
export class Lives {
  /** Of this one. */
  readonly id = crypto.randomUUID()
  #begun = false
  readonly #foreign = new Set<number>()

  /**
   * Says whether a client with this cursor resumes. It does not when the session is new to it, when the cursor is above the
   * newest number, or when it was called foreign before: that word may have been lost on the way.
   */
  resumes({ after, life }: Cursor, newest: number): boolean {
    const isOurs = after === undefined || (after <= newest && this.#isOurs(after, life))
    const resumes = isOurs && (this.#begun || life === this.id)
    this.#begun = true
    if (!resumes && after !== undefined && after > 0 && this.#foreign.size < remembered)
      this.#foreign.add(after)
    return resumes
  }

  #isOurs(after: number, life: string | undefined): boolean {
    return life === undefined ? !this.#foreign.has(after) : life === this.id
  }

  /** A client has acknowledged something of this life: the word has arrived. */
  heard(): void {
    if (this.#foreign.size > 0) this.#foreign.clear()
  }
}
