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

  /** `after` is the sender's newest id, which may be of a machine whose clock is ahead; the new one is above it. */
  stamp(
    senderId: string,
    receiverId: string,
    content: string,
    replyTo: string | undefined,
    after = "",
  ): Message {
    let id = this.#next()
    let at = this.#at
    if (id <= after) {
      at = timeOf(after) + 1
      id = `${headOf(at)}000-${tail()}`
    }
    return new Message(id, senderId, receiverId, content, at, Buffer.byteLength(content), replyTo, false)
  }

  #next(): string {
    const now = this.clock.wall()
    if (now > this.#at) this.#begin(now)
    else if (++this.#count === idsAMillisecond) this.#begin(this.#at + 1)
    const count = this.#count.toString(16).padStart(3, "0")
    return `${this.#head}${count}-${tail()}`
  }

  #begin(at: number): void {
    this.#at = at
    this.#count = 0
    this.#head = headOf(at)
  }
}

/** What the ids of a millisecond begin with. */
function headOf(at: number): string {
  const hex = Math.floor(at).toString(16).padStart(12, "0")
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7`
}

/** The rest of a random UUID, which has the variant in its place. */
function tail(): string {
  return crypto.randomUUID().slice(19)
}

function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
