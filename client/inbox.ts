import type { Cursor } from "./address.ts"

/** Which messages have come: the cursor of the next resume, and whether the replay is over. */
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

  /** Nothing while no session is known. */
  get cursor(): Cursor | undefined {
    return this.#epoch === undefined ? undefined : { after: this.#seq, epoch: this.#epoch }
  }

  get epoch(): string | undefined {
    return this.#epoch
  }

  /** The greatest number that has come. */
  get seq(): number {
    return this.#seq
  }

  /** Whether what the session held at the connection may still be coming. */
  get replaying(): boolean {
    return this.#replaying && this.#seq < this.#newest
  }

  /** Connected: `newest` is the session's greatest number. Another session counts from the beginning. */
  opened(resumed: boolean, newest: number, epoch: string): void {
    this.#epoch = epoch
    if (!resumed) {
      this.#seq = 0
      this.#isFresh = true
    }
    this.#newest = newest
    this.#replaying = true
  }

  /** The server speaks of something else: whatever it held has been sent, even if its newest was gone. */
  replayed(): void {
    this.#replaying = false
  }

  /** Whether messages before this one are still to come; unknown of the first that is heard of a session, which may hold its newest alone. */
  isOwedBefore(seq: number): boolean {
    return !this.#isFresh && seq > this.#seq + 1
  }

  /** Says whether this one is new; within a connection they come in ascending order. */
  take(seq: number): boolean {
    if (seq <= this.#seq) return false
    this.#seq = seq
    this.#isFresh = false
    return true
  }
}
