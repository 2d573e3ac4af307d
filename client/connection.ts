import { Backoff } from "./backoff.ts"
import { asked, dropped, finalReason } from "./close-codes.ts"
import type { DuetError } from "./errors.ts"
import type { DuetEvents } from "./events.ts"
import { type ClientFrame, type Established, parseFrame, type ServerFrame } from "./frames.ts"
import { Heartbeat } from "./heartbeat.ts"
import type { Platform, Socket } from "./options.ts"

/** How long a handshake may take, in milliseconds. */
const handshakeMs = 10_000

export interface ConnectionParts {
  readonly platform: Platform
  readonly protocols: readonly string[]
  /** The URL for the next attempt. */
  url(): string
  /** Why the server refused an attempt, if it is useless to try again. */
  whyRefused(): Promise<DuetError | undefined>
  ping(): void
  opened(frame: Established): void
  heard(frame: Exclude<ServerFrame, Established>): void
  lost(loss: DuetEvents["lost"]): void
  ended(error: DuetError): void
}

/** A connection to the server that reconnects whenever it is lost, until it ends for good. */
export class Connection {
  #state: "connecting" | "open" | "waiting" | "closed" = "waiting"
  #socket: Socket | undefined
  #cancelTimer: (() => void) | undefined
  readonly #backoff: Backoff
  readonly #heartbeat: Heartbeat
  readonly #forgetOnline: () => void

  constructor(readonly parts: ConnectionParts) {
    const { clock, onOnline, random } = parts.platform
    this.#backoff = new Backoff(random)
    const dead = () => this.#abandon("no heartbeat")
    this.#heartbeat = new Heartbeat({ clock, ping: () => parts.ping(), dead })
    this.#forgetOnline = onOnline(() => this.#hasNetwork())
  }

  get state(): "connecting" | "open" | "waiting" | "closed" {
    return this.#state
  }

  /** @throws when no WebSocket can be opened to this URL. */
  connect(): void {
    const { platform, url, protocols } = this.parts
    const socket = new platform.WebSocket(url(), [...protocols])
    this.#state = "connecting"
    this.#socket = socket
    this.#setTimer(handshakeMs, () => this.#abandon("no answer"))
    socket.addEventListener("message", ({ data }) => {
      if (this.#socket === socket) this.#received(data)
    })
    socket.addEventListener("close", ({ code, reason }) => {
      if (this.#socket === socket) this.#lost(code, reason)
    })
  }

  /** Sends only while the connection is open. */
  send(frame: ClientFrame): void {
    if (this.#state === "open") this.#socket?.send(JSON.stringify(frame))
  }

  end(error: DuetError): void {
    if (this.#state === "closed") return
    const socket = this.#letGo()
    this.#state = "closed"
    this.#forgetOnline()
    socket?.close(asked)
    this.parts.ended(error)
  }

  #received(data: unknown): void {
    const frame = parseFrame(data)
    if (frame === undefined) return
    this.#heartbeat.heard()
    if (frame.type !== "connection_established") return this.parts.heard(frame)
    this.#cancelTimer?.()
    this.#state = "open"
    this.#heartbeat.start(frame.limits.heartbeat_seconds * 1000)
    this.parts.opened(frame)
  }

  /** A socket whose other end is silent may take minutes to close: this does not wait for it. */
  #abandon(reason: string): void {
    const socket = this.#socket
    this.#lost(dropped, reason)
    socket?.close()
  }

  #lost(code: number, reason: string): void {
    const final = finalReason(code)
    if (final !== undefined) return this.end(final)
    const wasOpen = this.#state === "open"
    this.#letGo()
    this.#state = "waiting"
    const retryInMs = this.#backoff.next(code, wasOpen)
    this.#setTimer(retryInMs, () => this.connect())
    if (!wasOpen) void this.#askWhy()
    this.parts.lost({ code, reason, retryInMs })
  }

  async #askWhy(): Promise<void> {
    const error = await this.parts.whyRefused()
    if (error !== undefined && this.#state !== "open") this.end(error)
  }

  #hasNetwork(): void {
    if (this.#state === "open") return this.#heartbeat.checkNow()
    if (this.#state !== "waiting") return
    this.#cancelTimer?.()
    this.connect()
  }

  #letGo(): Socket | undefined {
    const socket = this.#socket
    this.#socket = undefined
    this.#heartbeat.stop()
    this.#cancelTimer?.()
    return socket
  }

  #setTimer(ms: number, run: () => void): void {
    this.#cancelTimer?.()
    this.#cancelTimer = this.parts.platform.clock.after(ms, run)
  }
}
