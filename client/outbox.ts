import { DuetError } from "./errors.ts"
import type { Message } from "./events.ts"
import type { ErrorFrame, SayFrame } from "./frames.ts"
import type { Clock } from "./options.ts"

export interface OutboxParts {
  readonly clock: Clock
  /** Messages that may wait. */
  readonly limit: number
  send(frame: SayFrame): void
}

interface Letter {
  readonly frame: SayFrame
  /** How often it was sent. */
  attempts: number
  resolve(message: Message): void
  reject(error: DuetError): void
}

/** The first pause after `overloaded`, and the longest, in milliseconds. */
const overloadFirstMs = 250
const overloadLongestMs = 8000

const encoder = new TextEncoder()

/**
 * What is said and not echoed yet. One message at a time is on its way, so that order is kept whatever is refused,
 * lost or repeated; it goes again with the same `client_id`, which makes the repeat harmless.
 */
export class Outbox {
  readonly #letters: Letter[] = []
  #open = false
  #onItsWay = false
  #cancelPause: (() => void) | undefined
  #overloads = 0
  #frameBytes = 0

  constructor(readonly parts: OutboxParts) {}

  /** Messages that wait, the one on its way among them. */
  get size(): number {
    return this.#letters.length
  }

  /** Resolves on the echo; rejects when the message is refused for good. */
  put(frame: SayFrame): Promise<Message> {
    if (this.#letters.length >= this.parts.limit) {
      const message = `${this.parts.limit} messages wait to be sent already: try again when some have gone.`
      return Promise.reject(new DuetError("outbox_full", message, { receiverId: frame.receiver_id }))
    }
    const { promise, resolve, reject } = withResolvers<Message>()
    this.#letters.push({ frame, attempts: 0, resolve, reject })
    this.#next()
    return promise
  }

  /** The largest frame that the server takes, in bytes; 0 for any. */
  limitFrames(bytes: number): void {
    this.#frameBytes = bytes
  }

  /** The session hears again, and what it echoed before has been told. */
  opened(): void {
    this.#open = true
    this.#next()
  }

  /** The connection is gone: whether what was on its way has arrived will be seen. */
  lost(): void {
    this.#open = false
    this.#resume()
  }

  /** The session is another one: what was on its way may or may not have reached the old one's peer. */
  sessionEnded(): void {
    const letter = this.#letters[0]
    if (letter === undefined || letter.attempts === 0) return
    const message = "The session ended while this was on its way: it may have arrived or not."
    this.#refuse(new DuetError("lost", message, { receiverId: letter.frame.receiver_id }))
  }

  /** How often the message of this name was sent, if it is the one that is waited for. */
  attemptsOf(clientId: string | undefined): number | undefined {
    const letter = this.#letters[0]
    return letter !== undefined && letter.frame.client_id === clientId ? letter.attempts : undefined
  }

  /** The message that is waited for has been accepted. */
  echoed(message: Message): void {
    this.#resume()
    this.#overloads = 0
    this.#letters.shift()?.resolve(message)
    this.#next()
  }

  /** Says whether this was about the message that is waited for. */
  refused({ code, message, client_id, receiver_id, retry_after_ms }: ErrorFrame): boolean {
    if (this.attemptsOf(client_id) === undefined) return false
    if (code === "rate_limited" || code === "overloaded") {
      this.#pause(retry_after_ms ?? Math.min(overloadLongestMs, overloadFirstMs * 2 ** this.#overloads++))
    } else {
      this.#refuse(new DuetError(code, message, { receiverId: receiver_id }))
    }
    return true
  }

  /** The server closed the connection over a frame's size. */
  oversized(): void {
    if (this.#onItsWay) this.#refuse(tooLong(this.#letters[0]?.frame.receiver_id))
  }

  /** Nothing will be sent any more. */
  end(error: DuetError): void {
    this.#open = false
    this.#resume()
    for (const { reject } of this.#letters.splice(0)) reject(error)
  }

  #next(): void {
    const letter = this.#letters[0]
    if (letter === undefined || !this.#open || this.#onItsWay || this.#cancelPause !== undefined) return
    if (this.#isTooLarge(letter.frame)) return this.#refuse(tooLong(letter.frame.receiver_id))
    this.#onItsWay = true
    letter.attempts++
    this.parts.send(letter.frame)
  }

  #refuse(error: DuetError): void {
    this.#resume()
    this.#letters.shift()?.reject(error)
    this.#next()
  }

  #pause(ms: number): void {
    this.#resume()
    this.#cancelPause = this.parts.clock.after(ms, () => {
      this.#resume()
      this.#next()
    })
  }

  #resume(): void {
    this.#onItsWay = false
    this.#cancelPause?.()
    this.#cancelPause = undefined
  }

  #isTooLarge(frame: SayFrame): boolean {
    return this.#frameBytes > 0 && encoder.encode(JSON.stringify(frame)).length > this.#frameBytes
  }
}

function tooLong(receiverId: string | undefined): DuetError {
  return new DuetError("too_long", "This is more than the server takes in one frame: send it in parts.", {
    receiverId,
  })
}

/** `Promise.withResolvers`, which Node 20 and older browsers lack. */
function withResolvers<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (error: DuetError) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
