import { frameTooLarge } from "./close-codes.ts"
import { DuetError, isTransient } from "./errors.ts"
import type { DuetEvents } from "./events.ts"
import type { ErrorFrame, Established, MessageFrame, PresenceFrame, ServerFrame } from "./frames.ts"
import { changeOf, messageOf } from "./message.ts"
import type { Parts } from "./parts.ts"

/** Gives each frame from the server to the parts that it concerns. */
export class FrameRouter {
  #userId: string | undefined
  #name: string

  constructor(
    readonly parts: Parts,
    name: string,
  ) {
    this.#name = name
  }

  get userId(): string | undefined {
    return this.#userId
  }

  /** The server's form of the name, once it is known. */
  get name(): string {
    return this.#name
  }

  opened({ user_id: userId, name, session, limits }: Established): void {
    const { inbox, outbox, ticks, retryQueue, acks, seen, events } = this.parts
    const { resumed, seq, epoch } = session
    this.#userId = userId
    this.#name = name
    const isNext = inbox.epoch !== undefined && !resumed
    inbox.opened(resumed, seq, epoch)
    if (isNext) {
      ticks.sessionEnded()
      outbox.sessionEnded()
      seen.stop()
    }
    events.emit("open", { userId, name, resumed })
    outbox.limitFrames(limits.frame_bytes)
    acks.opened(inbox.seq)
    retryQueue.opened(resumed)
    this.#afterReplay()
  }

  heard(frame: Exclude<ServerFrame, Established>): void {
    switch (frame.type) {
      case "chat_message":
        this.#message(frame)
        return this.#afterReplay()
      case "resync":
        return this.parts.events.emit("resync", { from: frame.from })
      case "error":
        return this.#refused(frame)
      case "pong":
        return this.parts.retryQueue.pong()
      default:
        this.#update(frame)
        this.parts.inbox.replayed()
        return this.#afterReplay()
    }
  }

  lost(loss: DuetEvents["lost"]): void {
    const { acks, retryQueue, outbox, typingPeers, events } = this.parts
    if (loss.code === frameTooLarge) outbox.oversized()
    acks.lost()
    retryQueue.lost()
    outbox.lost()
    typingPeers.allStopped()
    events.emit("lost", loss)
  }

  ended(error: DuetError): void {
    const { acks, retryQueue, outbox, typingPeers, seen, people, events } = this.parts
    acks.lost()
    retryQueue.lost()
    seen.stop()
    people.stop()
    typingPeers.allStopped()
    outbox.end(error)
    events.emit("closed", error)
  }

  #message(frame: MessageFrame): void {
    const { inbox, outbox, ticks, acks, typingPeers, events } = this.parts
    const message = messageOf(frame, this.#userId ?? "")
    const attempts = outbox.attemptsOf(frame.client_id)
    const isEarly = isRepeat(attempts) && inbox.isOwedBefore(frame.seq)
    const isNew = !isEarly && inbox.take(frame.seq)
    const isBelowGap = !isEarly && !isNew && attempts !== undefined
    if (isNew) {
      if (!message.mine) {
        acks.has(frame.seq)
        typingPeers.stopped(message.senderId)
      }
      events.emit("message", message)
    }
    if (message.mine && (isNew || isBelowGap)) ticks.sent(message)
    if (attempts !== undefined) outbox.echoed(message)
  }

  #update(
    frame: Exclude<
      ServerFrame,
      { type: "connection_established" | "chat_message" | "error" | "resync" | "pong" }
    >,
  ): void {
    const { ticks, typingPeers, people, events } = this.parts
    switch (frame.type) {
      case "message_status":
        return ticks.heard(frame)
      case "message_changed":
        return events.emit("change", changeOf(frame))
      case "typing":
        return typingPeers.heard(frame.user_id, frame.is_typing)
      case "presence":
        return this.#presence(frame)
      case "user_list_update":
        return people.listed(frame)
      case "presence_diff":
        return people.changed(frame)
    }
  }

  #presence({ user_id: id, name, status }: PresenceFrame): void {
    if (id === this.#userId) this.#name = name
    this.parts.events.emit("presence", { id, name, status })
  }

  #refused(frame: ErrorFrame): void {
    const { outbox, retryQueue, events } = this.parts
    const { code, message, receiver_id: receiverId, message_id: messageId, retry_after_ms } = frame
    if (outbox.refused(frame)) return
    if (isTransient(code)) {
      // A refusal with a receiver is of a typing frame, which is not retried, or comes too late for its message.
      if (receiverId === undefined) retryQueue.slowDown(retry_after_ms)
      return
    }
    events.emit("error", new DuetError(code, message, { receiverId, messageId }))
  }

  #afterReplay(): void {
    if (!this.parts.inbox.replaying) this.parts.outbox.opened()
  }
}

/**
 * The echo of a repeat goes to its socket alone and may overtake messages that are due before it: then it settles the
 * repeat, and the message itself is shown in its turn.
 */
function isRepeat(attempts: number | undefined): boolean {
  return attempts !== undefined && attempts > 1
}
