import { DuetError, isTransient } from "./errors.ts"
import type { Message } from "./events.ts"
import type { ErrorFrame, SayFrame } from "./frames.ts"
import type { Clock } from "./options.ts"

export interface OutboxParts {
  readonly clock: Clock
  /** How many messages may wait. */
  readonly limit: number
  send(frame: SayFrame): void
}

interface Pending {
  readonly frame: SayFrame
  /** How many times it was sent. */
  attempts: number
  resolve(message: Message): void
  reject(error: DuetError): void
}

/** The first pause after `overloaded`, and the longest, in milliseconds. */
const overloadFirstMs = 250
const overloadLongestMs = 8000

/** After a restart everybody comes back, some sooner than others: how long a receiver is waited for, in milliseconds. */
const returnMs = 10_000
const returnPauseMs = 1000

const encoder = new TextEncoder()

/**
 * Messages that the server has not echoed yet. One at a time is in flight, so that order is kept whatever is refused,
 * lost or repeated; it is sent again with the same `client_id`, which makes the repeat harmless.
 */
export class Outbox {
  readonly #pending: Pending[] = []
  #open = false
  #inFlight = false
  #cancelPause: (() => void) | undefined
  #overloads = 0
  #returningUntil = 0
  #frameBytes = 0

  constructor(readonly parts: OutboxParts) {}

  /** How many messages wait, with the one in flight. */
  get size(): number {
    return this.#pending.length
  }

  /** Resolves on the echo; rejects when the message is refused for good. */
  put(frame: SayFrame): Promise<Message> {
    if (this.#pending.length >= this.parts.limit) {
      const message = `${this.parts.limit} messages wait to be sent already: try again when some have gone.`
      return Promise.reject(new DuetError("outbox_full", message, { receiverId: frame.receiver_id }))
    }
    const { promise, resolve, reject } = withResolvers<Message>()
    this.#pending.push({ frame, attempts: 0, resolve, reject })
    this.#next()
    return promise
  }

  /** Sets the largest frame that the server takes, in bytes; 0 for no limit. */
  limitFrames(bytes: number): void {
    this.#frameBytes = bytes
  }

  /** Connected, and the replay is over: an echo that the session held has come. */
  opened(): void {
    this.#open = true
    this.#next()
  }

  /** The connection is gone: the replay will tell whether the message in flight arrived. */
  lost(): void {
    this.#open = false
    this.#resume()
  }

  /** The session is a new one: the message in flight may or may not have arrived. */
  sessionEnded(): void {
    this.#returningUntil = this.parts.clock.now() + returnMs
    const first = this.#pending[0]
    if (first === undefined || first.attempts === 0) return
    const message = "The session ended while this message was in flight: it may have arrived or not."
    this.#refuse(new DuetError("lost", message, { receiverId: first.frame.receiver_id }))
  }

  /** How many times the message with this `client_id` was sent, if it is the one in flight. */
  attemptsOf(clientId: string | undefined): number | undefined {
    const first = this.#pending[0]
    return first !== undefined && first.frame.client_id === clientId ? first.attempts : undefined
  }

  /** The server accepted the message in flight. */
  echoed(message: Message): void {
    this.#resume()
    this.#overloads = 0
    this.#pending.shift()?.resolve(message)
    this.#next()
  }

  /** Returns whether this was about the message in flight. */
  refused({ code, message, client_id, receiver_id, retry_after_ms }: ErrorFrame): boolean {
    if (this.attemptsOf(client_id) === undefined) return false
    if (isTransient(code)) {
      this.#pause(retry_after_ms ?? Math.min(overloadLongestMs, overloadFirstMs * 2 ** this.#overloads++))
    } else if (code === "receiver_offline" && this.parts.clock.now() < this.#returningUntil) {
      this.#pause(returnPauseMs)
    } else {
      this.#refuse(new DuetError(code, message, { receiverId: receiver_id }))
    }
    return true
  }

  /** The server closed the connection over a frame's size. */
  oversized(): void {
    if (this.#inFlight) this.#refuse(tooLong(this.#pending[0]?.frame.receiver_id))
  }

  /** Rejects all that waits; the client has ended. */
  end(error: DuetError): void {
    this.#open = false
    this.#resume()
    for (const { reject } of this.#pending.splice(0)) reject(error)
  }

  #next(): void {
    const first = this.#pending[0]
    if (first === undefined || !this.#open || this.#inFlight || this.#cancelPause !== undefined) return
    if (this.#isTooLarge(first.frame)) return this.#refuse(tooLong(first.frame.receiver_id))
    this.#inFlight = true
    first.attempts++
    this.parts.send(first.frame)
  }

  #refuse(error: DuetError): void {
    this.#resume()
    this.#pending.shift()?.reject(error)
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
    this.#inFlight = false
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
