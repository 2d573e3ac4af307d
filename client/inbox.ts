import type { Cursor } from "./address.ts"

/** Knows which messages have come: the cursor of the next resume, and whether the replay is over. */
export class Inbox {
  #seq: number
  #epoch: string | undefined
  #newest = 0
  #replaying = false
  #isFresh = true

  constructor(after = 0, epoch?: string) {
    this.#seq = after
    this.#epoch = epoch
  }

  /** `undefined` while no session is known. */
  get cursor(): Cursor | undefined {
    return this.#epoch === undefined ? undefined : { after: this.#seq, epoch: this.#epoch }
  }

  get epoch(): string | undefined {
    return this.#epoch
  }

  /** The greatest number received. */
  get seq(): number {
    return this.#seq
  }

  /** Whether the replay of what the session held may still be under way. */
  get replaying(): boolean {
    return this.#replaying && this.#seq < this.#newest
  }

  /** Connected: `newest` is the session's greatest number. A new session counts from the beginning. */
  opened(resumed: boolean, newest: number, epoch: string): void {
    this.#epoch = epoch
    if (!resumed) {
      this.#seq = 0
      this.#isFresh = true
    }
    this.#newest = newest
    this.#replaying = true
  }

  /** A frame that is no message ends the replay, even if the newest message was gone. */
  replayed(): void {
    this.#replaying = false
  }

  /** Whether messages before this one are still to come. The first of a session does not tell: the session may hold only its newest. */
  isOwedBefore(seq: number): boolean {
    return !this.#isFresh && seq > this.#seq + 1
  }

  /** Returns whether this one is new; within a connection they come in ascending order. */
  take(seq: number): boolean {
    if (seq <= this.#seq) return false
    this.#seq = seq
    this.#isFresh = false
    return true
  }
}
