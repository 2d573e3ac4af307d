import { pauseMs } from "./backoff.ts"
import { asked, dropped, finalReason, isServerTrouble } from "./close-codes.ts"
import type { DuetError } from "./errors.ts"
import type { DuetEvents } from "./events.ts"
import { type ClientFrame, type Established, parseFrame, type ServerFrame } from "./frames.ts"
import { Heartbeat } from "./heartbeat.ts"
import type { Socket, Surroundings } from "./options.ts"

/** How long a handshake may take, in milliseconds. */
const handshakeMs = 10_000

export interface LinkParts {
  readonly surroundings: Surroundings
  readonly protocols: readonly string[]
  /** Where to connect, now. */
  url(): string
  /** Why an attempt came to nothing, if that is for good. */
  whyRefused(): Promise<DuetError | undefined>
  /** Asks the other end for a sign of life. */
  ping(): void
  opened(frame: Established): void
  heard(frame: Exclude<ServerFrame, Established>): void
  lost(loss: DuetEvents["lost"]): void
  ended(error: DuetError): void
}

/** The way to the server, which is found again whenever it is lost, until it ends for good. */
export class Link {
  #state: "connecting" | "open" | "waiting" | "closed" = "waiting"
  #socket: Socket | undefined
  #failures = 0
  #cancelTimer: (() => void) | undefined
  readonly #heartbeat: Heartbeat
  readonly #forgetOnline: () => void

  constructor(readonly parts: LinkParts) {
    const { clock, onOnline } = parts.surroundings
    const dead = () => this.#abandon("no sign of life")
    this.#heartbeat = new Heartbeat({ clock, ask: () => parts.ping(), dead })
    this.#forgetOnline = onOnline(() => this.#hasNetwork())
  }

  get state(): "connecting" | "open" | "waiting" | "closed" {
    return this.#state
  }

  /** @throws when this is no place that a WebSocket can be opened to. */
  connect(): void {
    const { surroundings, url, protocols } = this.parts
    const socket = new surroundings.WebSocket(url(), [...protocols])
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

  /** Says nothing to anybody unless the link is open. */
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

  /** A socket whose other end is silent may take minutes to close: it is forgotten instead. */
  #abandon(reason: string): void {
    const socket = this.#socket
    this.#lost(dropped, reason)
    socket?.close()
  }

  #lost(code: number, reason: string): void {
    const final = finalReason(code)
    if (final !== undefined) return this.end(final)
    const wasOpen = this.#state === "open"
    if (wasOpen && !isServerTrouble(code)) this.#failures = 0
    this.#letGo()
    this.#state = "waiting"
    const retryInMs = pauseMs(this.#failures++, code, this.parts.surroundings.random())
    this.#setTimer(retryInMs, () => this.connect())
    if (!wasOpen) void this.#askWhy()
    this.parts.lost({ code, reason, retryInMs })
  }

  async #askWhy(): Promise<void> {
    const error = await this.parts.whyRefused()
    if (error !== undefined && this.#state !== "open") this.end(error)
  }

  #hasNetwork(): void {
    if (this.#state === "open") return this.#heartbeat.doubt()
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
    this.#cancelTimer = this.parts.surroundings.clock.after(ms, run)
  }
}
