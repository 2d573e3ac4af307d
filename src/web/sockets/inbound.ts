import type { Command } from "../../chat/session/session-message.ts"
import type { CloseReason } from "../../wire/close-codes.ts"
import type { ErrorDraft } from "../../wire/duet-v1.ts"
import type { ErrorCode } from "../../wire/error-codes.ts"
import { BadFrames } from "./bad-frames.ts"
import { decode } from "./dialects/decode.ts"
import type { Vocabulary } from "./dialects/vocabulary.ts"
import type { SocketHub } from "./hub.ts"
import { Intake, type Tap } from "./intake.ts"
import type { RateLimit } from "./rate-limit.ts"
import { ReadAhead } from "./read-ahead.ts"

/** The socket that frames come from. */
export interface Speaker {
  readonly hub: SocketHub
  readonly vocabulary: Vocabulary
  /** Says whether there was room. */
  tell(command: Command): boolean
  acknowledge(seq: number): void
  error(error: ErrorDraft): void
  pong(): void
  close(reason: CloseReason): void
  /** Everything that it sent was handled. */
  left(): void
}

/** What one client sends, from the wire to a command. Every frame is paid for before it is read. */
export class Inbound {
  readonly #intake: Intake
  readonly #badFrames = new BadFrames()
  /** What was read and is yet to be handled, in order: it came before the welcome, or was more than the rates allow. */
  #backlog: ReadAhead | undefined
  /** The highest number acknowledged that the session was not told yet; 0 for none. */
  #acknowledged = 0
  #newest = () => 0
  #isClosed = false
  /** Something came since the last beat. */
  #heard = true

  constructor(
    readonly speaker: Speaker,
    readonly rateLimit: RateLimit,
    tap: Tap,
  ) {
    const { hub } = speaker
    const isBehind = () => this.#backlog !== undefined
    this.#intake = new Intake(tap, hub.clock, isBehind, () => hub.readInTurn(this))
  }

  /** `newest` is the session's newest number at that time. */
  welcome(newest: () => number): void {
    this.#newest = newest
    if (!this.#isClosed) this.#intake.welcome()
    if (this.#backlog !== undefined) this.speaker.hub.afterOthers(this)
    else if (this.#isClosed) this.#leave()
  }

  /** One that is over its rate has the rest of what came handled a piece a turn. */
  received(raw: string | Uint8Array): void {
    const wasOver = this.#intake.isOver
    const now = this.paid(raw)
    if (this.#isClosed) return
    if (this.#backlog !== undefined) return this.#backlog.push(raw)
    const { isWelcome } = this.#intake
    if (isWelcome && !wasOver) return this.#handle(raw, now)
    this.#backlog = new ReadAhead(raw)
    // A pause stops no frame that came in the handshake's own segment.
    if (isWelcome) this.speaker.hub.afterOthers(this)
  }

  /** Charges a frame of any kind, and answers when. A client that sends too much for too long is closed. */
  paid(frame: string | Uint8Array): number {
    this.#heard = true
    const now = this.speaker.hub.clock.now()
    const owedMs = this.rateLimit.charge(frame, now)
    if (owedMs > 0 && !this.#intake.owe(owedMs, now)) this.speaker.close("tooMuch")
    return now
  }

  /** Handles what fits of the backlog, and says whether that was all. */
  catchUp(until: number): boolean {
    const { clock } = this.speaker.hub
    for (let now = clock.now(); now < until; now = clock.now()) {
      const raw = this.#backlog?.take()
      if (raw === undefined) {
        this.#backlog = undefined
        if (this.#isClosed) this.#leave()
        return true
      }
      this.#handle(raw, now)
    }
    return false
  }

  /** It is its turn to be read again. */
  resume(): void {
    this.#intake.resume()
  }

  /** Told before anything else that this client says, and before it goes. */
  tellAcknowledged(): void {
    const seq = this.#acknowledged
    this.#acknowledged = 0
    if (seq > 0) this.speaker.acknowledge(seq)
  }

  /** Ten bad frames in ten seconds are too many. */
  noteError(code: ErrorCode): void {
    if (code !== "bad_json" && code !== "bad_frame") return
    if (this.#badFrames.tooMany(this.speaker.hub.clock.now())) this.speaker.close("badFrames")
  }

  /** Says whether anything came since the last beat. Who is not read cannot be heard. */
  beat(): boolean {
    const heard = this.#heard
    this.#heard = this.#intake.isOver
    return heard
  }

  /** What was read by now is still handled, and then the session is left. */
  closed(): void {
    this.#intake.close()
    this.#isClosed = true
    if (this.#backlog === undefined) this.#leave()
  }

  #handle(raw: string | Uint8Array, now: number): void {
    const { speaker } = this
    const decoded = decode(raw, speaker.vocabulary, speaker.hub.limits.content)
    if (decoded.type === "ack") return this.#noteAcknowledged(decoded.seq)
    if (decoded.type === "ping") return speaker.pong()
    const waitMs = this.rateLimit.takeMessage(now)
    if (waitMs > 0) this.#slowDown(decoded, waitMs)
    else if (decoded.type === "error") speaker.error(decoded)
    else this.#tell(decoded)
  }

  /** The highest of what comes in one turn of the loop stands for all, but for what the session will refuse. */
  #noteAcknowledged(seq: number): void {
    if (seq > this.#newest()) return this.speaker.acknowledge(seq)
    if (seq <= this.#acknowledged) return
    if (this.#acknowledged === 0) this.speaker.hub.afterTurn(this)
    this.#acknowledged = seq
  }

  #slowDown(said: Command | ErrorDraft, retryAfterMs: number): void {
    if (said.type === "error") this.noteError(said.code)
    const message = `Too fast: try again in ${(retryAfterMs / 1000).toFixed(1)} s.`
    const about = said.type === "error" ? said : addressOf(said)
    this.speaker.error({
      ...about,
      type: "error",
      code: "rate_limited",
      message,
      retry_after_ms: retryAfterMs,
    })
  }

  #tell(command: Command): void {
    this.tellAcknowledged()
    if (this.speaker.tell(command)) return
    const message = "Too much waits: try again in a moment."
    this.speaker.error({ ...addressOf(command), type: "error", code: "overloaded", message })
  }

  #leave(): void {
    this.tellAcknowledged()
    this.speaker.left()
  }
}

/** What lets a client find what an error is about. */
function addressOf(command: Command): Pick<ErrorDraft, "receiver_id" | "client_id" | "message_id"> {
  return {
    ...("receiverId" in command && { receiver_id: command.receiverId }),
    ...("clientId" in command && { client_id: command.clientId }),
    ...("messageId" in command && { message_id: command.messageId }),
  }
}
