import type { ServerWebSocket } from "bun"
import type { Ref } from "../../actor/index.ts"
import type { Cursor } from "../../chat/epoch.ts"
import type { Newcomer } from "../../chat/presence/presence-message.ts"
import type { Refusal } from "../../chat/refusal.ts"
import type { Outlet, Welcome } from "../../chat/session/outlet.ts"
import type { Command, SessionEvent, SessionMessage } from "../../chat/session/session-message.ts"
import { type CloseReason, closings } from "../../wire/close-codes.ts"
import type { ErrorDraft, ServerFrame } from "../../wire/duet-v1.ts"
import type { Address } from "../limits/address.ts"
import { type Broadcast, pieceOf, type Subscriber } from "./broadcast.ts"
import { errorOf } from "./dialects/errors.ts"
import type { Vocabulary } from "./dialects/vocabulary.ts"
import type { SocketHub } from "./hub.ts"
import { Inbound, type Speaker } from "./inbound.ts"

export interface SocketOptions {
  readonly hub: SocketHub
  readonly dialect: Broadcast
  /** Nothing for a page whose user left: it is told so and closed. */
  readonly user: Newcomer | undefined
  /** Nothing for all that is held. */
  readonly cursor: Cursor | undefined
  /** Whose connections are counted; nothing where none are. */
  readonly address: Address | undefined
  /** The user's key, when the server has just made it. */
  readonly newKey: string | undefined
}

const pong = JSON.stringify({ type: "pong" } satisfies ServerFrame)

/** One WebSocket: tells its session what comes, and sends what it is told. */
export class Socket implements Outlet, Subscriber, Speaker {
  #ws: ServerWebSocket<Socket> | undefined
  #session: Ref<SessionMessage> | undefined
  #inbound: Inbound | undefined
  #handedOver = 0
  #flushing = false
  /** Whether frames waited for the socket when it was last looked at. */
  #backedUp = false
  #waitsForRoom = false
  #joined = false

  readonly dialect: Broadcast
  readonly attended: boolean
  readonly hub: SocketHub
  readonly vocabulary: Vocabulary

  constructor(readonly options: SocketOptions) {
    this.dialect = options.dialect
    this.hub = options.hub
    this.vocabulary = options.dialect.encoding.vocabulary
    this.attended = options.dialect.encoding.attended
  }

  /** Reads nothing until the session has taken it in, so that no frame arrives before its welcome. */
  opened(ws: ServerWebSocket<Socket>): void {
    const { hub, user, cursor } = this.options
    if (user === undefined) return closeWith(ws, "left")
    this.#ws = ws
    this.#inbound = new Inbound(this, hub.rateLimits.claim(user.id), ws)
    hub.presence.signal({ type: "join", user, first: { type: "attach", outlet: this, cursor } })
  }

  received(raw: string | Uint8Array): void {
    this.#inbound?.received(raw)
  }

  /** A ping or a pong of the WebSocket itself, which Bun answers. */
  probed(payload: Uint8Array): void {
    this.#inbound?.paid(payload)
  }

  /** Pings, or drops a socket of which nothing was heard since the last beat: it only looks alive. */
  beat(): void {
    if (this.#inbound?.beat() === false) return void this.#ws?.terminate()
    this.#ws?.ping()
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
    hub.rateLimits.release(user.id)
    this.#inbound?.closed()
  }

  welcome(welcome: Welcome): void {
    this.#session = welcome.session
    this.#ws?.send(this.dialect.encoding.welcome(welcome, this.options.newKey))
    this.#inbound?.welcome(welcome.newest)
  }

  send(event: SessionEvent): boolean {
    return this.#write(this.dialect.encoding.event(event))
  }

  get lags(): boolean {
    return this.#ws !== undefined && this.#ws.getBufferedAmount() >= this.#piece
  }

  offer(frame: () => string | undefined): boolean {
    const isFree = this.#ws === undefined || this.#ws.getBufferedAmount() === 0
    if (isFree) this.#write(frame())
    else this.#waitsForRoom = true
    return isFree
  }

  refuse(refusal: Refusal): void {
    this.error(errorOf(refusal))
  }

  error(error: ErrorDraft): void {
    this.#inbound?.noteError(error.code)
    this.#write(this.dialect.encoding.error(error))
  }

  pong(): void {
    this.#write(pong)
  }

  goLive(): void {
    const { dialect, user } = this.options
    if (user === undefined || this.#ws === undefined) return
    if (this.#joined) dialect.comeBack(user.id, this)
    else dialect.join(user.id, this)
    this.#joined = true
  }

  /** The largest frame there is would fit still. */
  get isBehind(): boolean {
    if (this.#ws === undefined || !this.dialect.encoding.acknowledges) return false
    return this.#ws.getBufferedAmount() >= 2 * this.#piece
  }

  fallBehind(): void {
    const { dialect, user } = this.options
    this.#waitsForRoom = true
    if (user !== undefined) dialect.pause(user.id, this)
  }

  subscribe(topic: string): void {
    this.#ws?.subscribe(topic)
  }

  unsubscribe(topic: string): void {
    this.#ws?.unsubscribe(topic)
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

  close(reason: CloseReason): void {
    if (this.#ws !== undefined) closeWith(this.#ws, reason)
  }

  tell(command: Command): boolean {
    return this.#session?.tell({ type: "command", outlet: this, command }) !== "full"
  }

  /** None is lost, for the client does not say it again. */
  acknowledge(seq: number): void {
    const message: SessionMessage = { type: "command", outlet: this, command: { type: "ack", seq } }
    if (this.#session?.tell(message) === "full") this.#session.signal(message)
  }

  /** After what was said before the close, if there is room: a script may say its piece and go. */
  left(): void {
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
    if (ws.getBufferedAmount() >= this.#piece) this.#waitsForRoom = true
    return !this.#waitsForRoom
  }

  get #piece(): number {
    return pieceOf(this.options.hub.limits.outbound)
  }
}

function closeWith(ws: ServerWebSocket<Socket>, why: CloseReason): void {
  const { code, reason } = closings[why]
  ws.close(code, reason)
}
