import type { PendingAcksState } from "../session-state.ts"
import type { Entry } from "./conversation.ts"

const mostAwaited = 100

/** A message that waits for a client's word: its text is the journal's to keep. */
export interface Awaited {
  readonly seq: number
  readonly id: string
  readonly senderId: string
}

/** What a session received and no client of it has confirmed, ascending by `seq`. */
export class PendingAcks {
  #waiting: Awaited[] = []
  /** The numbers of those that the journal let go of. */
  readonly #evicted = new Set<number>()

  add({ seq, message: { id, senderId } }: Entry): void {
    this.#waiting.push({ seq, id, senderId })
  }

  /**
   * The journal let go of this one. With a client at hand that was sent it, its word is waited for (`awaited`), up to
   * a bound. Answers what is lost for good.
   */
  evict(seq: number, awaited: boolean): readonly Awaited[] {
    if (seq < (this.#waiting[0]?.seq ?? Number.POSITIVE_INFINITY)) return []
    if (!this.#waiting.some((each) => each.seq === seq)) return []
    this.#evicted.add(seq)
    return awaited && this.#evicted.size <= mostAwaited ? [] : this.lost()
  }

  /** Takes out all above a number that was let go of and that nobody has acknowledged since. */
  lost(above = 0): readonly Awaited[] {
    if (this.#evicted.size === 0) return []
    const isLost = ({ seq }: Awaited) => seq > above && this.#evicted.has(seq)
    const lost = this.#waiting.filter(isLost)
    this.#waiting = this.#waiting.filter((each) => !isLost(each))
    for (const { seq } of lost) this.#evicted.delete(seq)
    return lost
  }

  save(): PendingAcksState {
    return { waiting: [...this.#waiting], evicted: [...this.#evicted] }
  }

  load({ waiting, evicted }: PendingAcksState): void {
    this.#waiting = [...waiting]
    for (const seq of evicted) this.#evicted.add(seq)
  }

  /** Takes out all up to `seq`, and answers the last of each run of one sender: it stands for those before. */
  upTo(seq: number): Awaited[] {
    const last: Awaited[] = []
    let count = 0
    for (const each of this.#waiting) {
      if (each.seq > seq) break
      if (count > 0 && last.at(-1)?.senderId === each.senderId) last.pop()
      last.push(each)
      if (this.#evicted.size > 0) this.#evicted.delete(each.seq)
      count++
    }
    if (count === this.#waiting.length) this.#waiting = []
    else this.#waiting.splice(0, count)
    return last
  }
}
