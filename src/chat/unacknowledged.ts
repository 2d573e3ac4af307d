import type { Entry } from "./conversation.ts"
import type { Message } from "./message.ts"

const mostAwaited = 100

/** What a session received and no client of it has confirmed, ascending by `seq`. */
export class Unacknowledged {
  #waiting: Entry[] = []
  /** The numbers of those that the journal let go of. */
  readonly #evicted = new Set<number>()

  add(entry: Entry): void {
    this.#waiting.push(entry)
  }

  /**
   * The journal let go of this one. With a client at hand that was sent it, its word is waited for (`awaited`), up to
   * a bound. Answers what is lost for good.
   */
  evict(seq: number, awaited: boolean): readonly Message[] {
    if (seq < (this.#waiting[0]?.seq ?? Number.POSITIVE_INFINITY)) return []
    if (!this.#waiting.some((entry) => entry.seq === seq)) return []
    this.#evicted.add(seq)
    return awaited && this.#evicted.size <= mostAwaited ? [] : this.lost()
  }

  /** Takes out all above a number that was let go of and that nobody has acknowledged since. */
  lost(above = 0): readonly Message[] {
    if (this.#evicted.size === 0) return []
    const isLost = ({ seq }: Entry) => seq > above && this.#evicted.has(seq)
    const lost = this.#waiting.filter(isLost)
    this.#waiting = this.#waiting.filter((entry) => !isLost(entry))
    for (const { seq } of lost) this.#evicted.delete(seq)
    return lost.map(({ message }) => message)
  }

  /** Takes out all up to `seq` (their frames have gone out, and are made again for a replay), and answers the last of each run of one sender: it stands for those before. */
  upTo(seq: number): Message[] {
    const last: Message[] = []
    let count = 0
    for (const each of this.#waiting) {
      if (each.seq > seq) break
      if (count > 0 && last.at(-1)?.senderId === each.message.senderId) last.pop()
      last.push(each.message)
      if (this.#evicted.size > 0) this.#evicted.delete(each.seq)
      each.message.frame = undefined
      count++
    }
    if (count === this.#waiting.length) this.#waiting = []
    else this.#waiting.splice(0, count)
    return last
  }
}
