import type { Clock } from "../actor/index.ts"
import { Message } from "./message.ts"

/** Ids of one millisecond, which the twelve bits of their counter tell apart; one more is of the next. */
const idsAMillisecond = 4096

/**
 * Stamps what is said with an id and a time. Ids ascend strictly and times never go back, whatever the wall clock does:
 * where it stands or was set back, the time stands too, and the ids go on. RFC 9562, 6.2, method 1.
 */
export class Stamper {
  #at = 0
  #count = 0
  /** What the ids of this millisecond begin with. */
  #head = ""

  constructor(readonly clock: Pick<Clock, "wall">) {}

  stamp(senderId: string, receiverId: string, content: string, replyTo: string | undefined): Message {
    const id = this.#next()
    return new Message(
      id,
      senderId,
      receiverId,
      content,
      this.#at,
      Buffer.byteLength(content),
      replyTo,
      false,
    )
  }

  #next(): string {
    const now = this.clock.wall()
    if (now > this.#at) this.#begin(now)
    else if (++this.#count === idsAMillisecond) this.#begin(this.#at + 1)
    const count = this.#count.toString(16).padStart(3, "0")
    // The rest of a random UUID has the variant in its place.
    return `${this.#head}${count}-${crypto.randomUUID().slice(19)}`
  }

  #begin(at: number): void {
    this.#at = at
    this.#count = 0
    const hex = Math.floor(at).toString(16).padStart(12, "0")
    this.#head = `${hex.slice(0, 8)}-${hex.slice(8)}-7`
  }
}
