import type { Numbers } from "./numbers.ts"

/** What a client has of its user's session. */
export interface Cursor {
  /** The last number; nothing when it has none. */
  readonly after: number | undefined
  /** The id of the life that the number is of, where the dialect tells it. */
  readonly life: string | undefined
}

export const noCursor: Cursor = { after: undefined, life: undefined }

/** How far another device of an earlier life may have been ahead of the one that told of it. */
const headroom = 100_000

/** Which cursors are of this life of a user, who comes back with the same id after their session ended. */
export class Lives {
  /** Of this one. */
  readonly id = crypto.randomUUID()
  #begun = false

  constructor(readonly numbers: Numbers) {}

  /** Says whether a client with this cursor resumes: it does not when the session is new to it. */
  resumes({ after = 0, life }: Cursor): boolean {
    const isOurs = life === undefined ? this.numbers.includes(after) : life === this.id
    const resumes = isOurs && after <= this.numbers.newest && (this.#begun || life === this.id)
    if (!resumes) this.#hearOfEarlier(after)
    this.#begun = true
    return resumes
  }

  /** A number of an earlier life, of which nothing may be known here: the server may have restarted since. */
  #hearOfEarlier(number: number): void {
    if (number > 0) this.numbers.passOver(this.#begun ? number : number + headroom)
  }
}
