import type { WebSocketHandler } from "bun"
import type { Clock, Ref } from "../../actor/index.ts"
import type { PresenceMessage } from "../../chat/presence/presence-message.ts"
import { CountedErrors } from "../../log/counted-errors.ts"
import type { Log } from "../../log/log.ts"
import type { CloseReason } from "../../wire/close-codes.ts"
import type { Visitors } from "../limits/visitors.ts"
import { Heartbeat } from "./heartbeat.ts"
import type { Inbound } from "./inbound.ts"
import type { RateLimits } from "./rate-limit.ts"
import type { Socket } from "./socket.ts"

export interface SocketLimits {
  /** Code points; 0 for none. */
  readonly content: number
  /** Bytes of one frame from a client; 0 for none. */
  readonly frame: number
  /** Bytes that may wait for one socket; 0 for none. */
  readonly outbound: number
  /** How often a silent socket is probed; 0 for never. */
  readonly heartbeatMs: number
}

/** What all sockets share, and Bun's handlers for them. */
export class SocketHub {
  #awaitingFlush: Socket[] = []
  #acknowledging: Inbound[] = []
  readonly #behind = new Set<Inbound>()
  readonly #toRead: Inbound[] = []
  #isCatchingUp = false
  readonly #heartbeat: Heartbeat<Socket>
  readonly #failures: CountedErrors

  constructor(
    readonly presence: Ref<PresenceMessage>,
    readonly rateLimits: RateLimits,
    readonly visitors: Visitors,
    readonly limits: SocketLimits,
    readonly clock: Clock,
    log: Log,
  ) {
    this.#failures = new CountedErrors(log, "a socket failed and was closed", () => clock.now())
    this.#heartbeat = new Heartbeat(limits.heartbeatMs, (socket) =>
      this.#guard("beat", socket, () => socket.beat()),
    )
  }

  get size(): number {
    return this.#heartbeat.size
  }

  /** Throws in handlers so far, each the end of one socket. */
  get failures(): number {
    return this.#failures.count
  }

  /**
   * Given to the server once: a socket's own object is its `data`, so that nothing is wrapped or looked up. A throw that
   * reached Bun would end the process: it ends its socket.
   */
  get handlers(): WebSocketHandler<Socket> {
    const { frame, outbound } = this.limits
    return {
      open: (ws) => {
        this.#heartbeat.add(ws.data)
        this.visitors.opened(ws.data.options.address, ws.data.options.user?.id)
        this.#guard("open", ws.data, () => ws.data.opened(ws))
      },
      message: (ws, raw) => {
        try {
          ws.data.received(raw)
        } catch (error) {
          this.#fail("message", ws.data, error)
        }
      },
      drain: (ws) => this.#guard("drain", ws.data, () => ws.data.drained()),
      ping: (ws, payload) => this.#guard("ping", ws.data, () => ws.data.probed(payload)),
      pong: (ws, payload) => this.#guard("pong", ws.data, () => ws.data.probed(payload)),
      close: (ws, code) => {
        this.#heartbeat.delete(ws.data)
        this.visitors.closed(ws.data.options.address)
        this.#guard("close", ws.data, () => ws.data.closed(code))
      },
      maxPayloadLength: frame || largest,
      backpressureLimit: outbound || largest,
      closeOnBackpressureLimit: outbound > 0,
      idleTimeout: 0,
      sendPings: false,
      perMessageDeflate: false,
    }
  }

  /** Calls the socket's `flushed` some time after what was published in this turn has been written. */
  afterFlush(socket: Socket): void {
    if (this.#awaitingFlush.push(socket) === 1) setTimeout(() => this.#flushed(), flushCheckMs)
  }

  /** Has it tell what was acknowledged, once all that can be read in this turn was. */
  afterTurn(inbound: Inbound): void {
    if (this.#acknowledging.push(inbound) === 1) setImmediate(() => this.#acknowledged())
  }

  /** Has it handle what was read ahead, a piece a turn, so that it holds up nobody else. */
  afterOthers(inbound: Inbound): void {
    this.#behind.add(inbound)
    this.#catchUpSoon()
  }

  /** Has a paused one read again, one a turn: a crowd would bring too much at once. */
  readInTurn(inbound: Inbound): void {
    this.#toRead.push(inbound)
    this.#catchUpSoon()
  }

  closeAll(closing: CloseReason): void {
    this.#heartbeat.stop()
    for (const socket of [...this.#heartbeat.sockets()]) socket.close(closing)
  }

  #flushed(): void {
    const sockets = this.#awaitingFlush
    this.#awaitingFlush = []
    for (const socket of sockets) this.#guard("flush", socket, () => socket.flushed())
  }

  #acknowledged(): void {
    const all = this.#acknowledging
    this.#acknowledging = []
    for (const inbound of all) {
      this.#guard("acknowledge", inbound.speaker, () => inbound.tellAcknowledged())
    }
  }

  #catchUpSoon(): void {
    if (this.#isCatchingUp) return
    this.#isCatchingUp = true
    setImmediate(() => this.#catchUp())
  }

  #catchUp(): void {
    this.#isCatchingUp = false
    const until = this.clock.now() + pieceMs
    for (const inbound of [...this.#behind]) {
      this.#behind.delete(inbound)
      let isDone = false
      this.#guard("message", inbound.speaker, () => {
        isDone = inbound.catchUp(until)
      })
      if (!isDone) this.#behind.add(inbound)
      if (this.clock.now() >= until) break
    }
    const next = this.#toRead.shift()
    if (next !== undefined) this.#guard("resume", next.speaker, () => next.resume())
    if (this.#behind.size + this.#toRead.length > 0) this.#catchUpSoon()
  }

  #guard(handler: string, socket: Closable, handle: () => void): void {
    try {
      handle()
    } catch (error) {
      this.#fail(handler, socket, error)
    }
  }

  #fail(handler: string, socket: Closable, error: unknown): void {
    this.#failures.add(error, handler)
    socket.close("broken")
  }
}

interface Closable {
  close(closing: CloseReason): void
}

const largest = 2 ** 30

/** Long enough that one acknowledgement stands for many messages, short enough that nobody notices. */
const flushCheckMs = 20

/** Of one turn of the loop, for what was read ahead of all sockets that are over their rate. */
const pieceMs = 1
