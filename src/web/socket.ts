import type { ServerWebSocket } from "bun"
import type { Ref } from "../actor/index.ts"
import { type Closing, closeCodes } from "../chat/close-codes.ts"
import type { Refusal } from "../chat/errors.ts"
import type { Cursor } from "../chat/lives.ts"
import type { Outlet, SessionEvent, Welcome } from "../chat/outlet.ts"
import type { Newcomer } from "../chat/presence-message.ts"
import type { Command, SessionMessage } from "../chat/session-message.ts"
import type { Allowance } from "./allowance.ts"
import { BadFrames } from "./bad-frames.ts"
import { decode } from "./decode.ts"
import type { Ping } from "./frames.ts"
import type { Address } from "./limits/address.ts"
import type { SocketHub } from "./socket-hub.ts"
import type { Subscriber, Topics } from "./topics.ts"

/** Bytes of a replay that may wait for the socket before the next piece does. */
const replayPiece = 65536

export interface SocketOptions {
  readonly hub: SocketHub
  readonly dialect: Topics
  /** Nothing for a page whose user left: it is told so and closed. */
  readonly user: Newcomer | undefined
  readonly cursor: Cursor
  /** Whose connections are counted; nothing where none are. */
  readonly address: Address | undefined
  /** The user's key, when the server has just made it. */
  readonly newKey: string | undefined
}

/** One WebSocket: decodes what comes, tells its session, and sends what it is told. */
export class Socket implements Outlet, Subscriber {
  readonly #badFrames = new BadFrames()
  #ws: ServerWebSocket<Socket> | undefined
  #session: Ref<SessionMessage> | undefined
  #allowance: Allowance | undefined
  #handedOver = 0
  #flushing = false
  #heard = true
  /** Whether frames waited for the socket when it was last looked at. */
  #backedUp = false
  #waitsForRoom = false

  readonly dialect: Topics
  readonly attended: boolean

  constructor(readonly options: SocketOptions) {
    this.dialect = options.dialect
    this.attended = options.dialect.encoding.attended
  }

  /** Reads nothing until the session has taken it in, so that no frame arrives before its welcome. */
  opened(ws: ServerWebSocket<Socket>): void {
    const { hub, user, cursor } = this.options
    if (user === undefined) return closeWith(ws, closeCodes.left)
    this.#ws = ws
    this.#allowance = hub.allowances.claim(user.id)
    ws.pause()
    hub.presence.signal({ type: "join", user, first: { type: "attach", outlet: this, cursor } })
  }

  received(raw: string | Uint8Array): void {
    this.#heard = true
    const { hub, dialect } = this.options
    const decoded = decode(raw, dialect.encoding.vocabulary, hub.limits.content)
    if (decoded.type === "error") this.#countBadFrame(decoded)
    const waitMs = decoded.type === "ack" ? 0 : (this.#allowance?.take(raw, hub.now) ?? 0)
    if (waitMs > 0) this.#slowDown(decoded, waitMs)
    else if (decoded.type === "error") this.#write(dialect.encoding.event(decoded))
    else if (decoded.type === "ping") this.#write('{"type":"pong"}')
    else this.#tell(decoded)
  }

  /** Pings, or drops a socket of which nothing was heard since the last beat: it only looks alive. */
  beat(): void {
    if (!this.#heard) return void this.#ws?.terminate()
    this.#heard = false
    this.#ws?.ping()
  }

  ponged(): void {
    this.#heard = true
  }

  drained(): void {
    if (this.#ws?.getBufferedAmount() !== 0) return
    this.#backedUp = false
    if (this.#waitsForRoom) {
      this.#waitsForRoom = false
      this.#session?.signal({ type: "drained", outlet: this })
    }
    this.flushed()
  }

  /** A client that closes by the protocol was there to the end: what was published has reached it. */
  closed(code: number): void {
    const { hub, dialect, user } = this.options
    if (user === undefined) return
    this.#ws = undefined
    if (code !== 1006 && this.#flushing && !this.#backedUp) this.#acknowledge()
    dialect.leave(this)
    hub.allowances.release(user.id)
    this.#detach()
  }

  welcome(welcome: Welcome): void {
    this.#session = welcome.session
    if (this.#ws === undefined) return this.#detach()
    this.#ws.send(this.dialect.encoding.welcome(welcome, this.options.newKey))
    this.#ws.resume()
  }

  send(event: SessionEvent): boolean {
    if (event.type === "error") this.#countBadFrame(event)
    return this.#write(this.dialect.encoding.event(event))
  }

  sendFrame(frame: string): void {
    this.#write(frame)
  }

  goLive(): void {
    const { dialect, user } = this.options
    if (user !== undefined && this.#ws !== undefined) dialect.join(user.id, this)
  }

  subscribe(topic: string): void {
    this.#ws?.subscribe(topic)
  }

  /** Acknowledged for a client that cannot as soon as the kernel has it: see `flushed`. */
  handedOver(seq: number): void {
    if (this.dialect.encoding.acknowledges) return
    this.#handedOver = seq
    if (this.#flushing) return
    this.#flushing = true
    this.options.hub.afterFlush(this)
  }

  /** The frames of this turn have left, or wait for the socket to drain. */
  flushed(): void {
    if (!this.#flushing || this.#ws === undefined) return
    this.#backedUp = this.#ws.getBufferedAmount() > 0
    if (!this.#backedUp) this.#acknowledge()
  }

  close(closing: Closing): void {
    if (this.#ws !== undefined) closeWith(this.#ws, closing)
  }

  /** After what was said before the close, if there is room: a script may say its piece and go. */
  #detach(): void {
    const message: SessionMessage = { type: "detach", outlet: this }
    if (this.#session?.tell(message) === "full") this.#session.signal(message)
  }

  #acknowledge(): void {
    this.#flushing = false
    this.#session?.signal({ type: "command", outlet: this, command: { type: "ack", seq: this.#handedOver } })
  }

  /** Says whether there is room for more of a replay. */
  #write(frame: string | undefined): boolean {
    const ws = this.#ws
    if (ws === undefined || frame === undefined) return true
    ws.send(frame)
    if (ws.getBufferedAmount() >= replayPiece) this.#waitsForRoom = true
    return !this.#waitsForRoom
  }

  #tell(command: Command): void {
    const told = this.#session?.tell({ type: "command", outlet: this, command })
    if (told === "full") {
      this.send({
        ...addressOf(command),
        type: "error",
        code: "overloaded",
        message: "Too much waits: try again in a moment.",
      })
    }
  }

  #slowDown(command: Command | Ping | Refusal, retryAfterMs: number): void {
    const message = `Too fast: try again in ${(retryAfterMs / 1000).toFixed(1)} s.`
    this.send({ ...addressOf(command), type: "error", code: "rate_limited", message, retryAfterMs })
  }

  #countBadFrame({ code }: Refusal): void {
    if (code !== "bad_json" && code !== "bad_frame") return
    if (this.#badFrames.tooMany(this.options.hub.now())) this.close(closeCodes.badFrames)
  }
}

function closeWith(ws: ServerWebSocket<Socket>, { code, reason }: Closing): void {
  ws.close(code, reason)
}

/** What lets a client find what an error is about. */
function addressOf(said: Command | Ping | Refusal): Partial<Refusal> {
  return {
    ...("receiverId" in said && { receiverId: said.receiverId }),
    ...("clientId" in said && { clientId: said.clientId }),
    ...("messageId" in said && { messageId: said.messageId }),
  }
}
