import type { Message } from "./message.ts"

/** What a session received and no client of it has confirmed, ascending by `seq`. */
export class Unacknowledged {
  #waiting: { readonly seq: number; readonly message: Message }[] = []

  add(seq: number, message: Message): void {
    this.#waiting.push({ seq, message })
  }

  /** Takes one out; says whether it was there. */
  take(seq: number): boolean {
    const at = this.#waiting.findIndex((each) => each.seq === seq)
    if (at >= 0) this.#waiting.splice(at, 1)
    return at >= 0
  }

  /** Takes out all up to `seq`, and answers the last of each run of one sender: it stands for those before. */
  upTo(seq: number): Message[] {
    const last: Message[] = []
    let count = 0
    for (const each of this.#waiting) {
      if (each.seq > seq) break
      if (count > 0 && last.at(-1)?.senderId === each.message.senderId) last.pop()
      last.push(each.message)
      count++
    }
    if (count === this.#waiting.length) this.#waiting = []
    else this.#waiting.splice(0, count)
    return last
  }
}
