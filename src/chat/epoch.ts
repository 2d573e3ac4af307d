/** What a client has of its user's session: all up to the number `after` of one epoch. */
export interface Cursor {
  readonly after: number
  readonly epoch: string
}

/** Bytes that are made up for an id: no two sessions have one in common. */
const idBytes = 12

/** The life of one session, which its numbers are of: a user may have had another one before, with the same numbers. */
export class Epoch {
  readonly id = Buffer.from(crypto.getRandomValues(new Uint8Array(idBytes))).toString("base64url")
  #begun = false

  /** Says whether a client comes back to a session that it knows, by its cursor, or that was there before it. */
  resumes(cursor: Cursor | undefined): boolean {
    const resumes = cursor === undefined ? this.#begun : cursor.epoch === this.id
    this.#begun = true
    return resumes
  }
}
