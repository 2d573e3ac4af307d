/** What a client has of its user's session: all up to the number `after` of one epoch. */
export interface Cursor {
  readonly after: number
  readonly epoch: string
}

/** An epoch as data. */
export interface EpochState {
  readonly id: string
  /** Whether a client has ever come. */
  readonly begun: boolean
}

/** Bytes that are made up for an id: no two sessions have one in common. */
const idBytes = 12

/** The life of one session, which its numbers are of: a user may have had another one before, with the same numbers. */
export class Epoch {
  readonly id: string
  #begun: boolean

  /** A new one, or the one that was saved. */
  constructor({ id, begun }: EpochState = { id: makeId(), begun: false }) {
    this.id = id
    this.#begun = begun
  }

  save(): EpochState {
    return { id: this.id, begun: this.#begun }
  }

  /** Says whether a client comes back to a session that it knows, by its cursor, or that was there before it. */
  resumes(cursor: Cursor | undefined): boolean {
    const resumes = cursor === undefined ? this.#begun : cursor.epoch === this.id
    this.#begun = true
    return resumes
  }
}

function makeId(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(idBytes))).toString("base64url")
}
