import type { WebSocketHandler } from "bun"
import type { Ref } from "../actor/index.ts"
import type { Closing } from "../chat/close-codes.ts"
import type { PresenceMessage } from "../chat/presence-message.ts"
import type { Allowances } from "./allowance.ts"
import { Heartbeat } from "./heartbeat.ts"
import type { Visitors } from "./limits/visitors.ts"
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
  readonly #heartbeat: Heartbeat<Socket>

  constructor(
    readonly presence: Ref<PresenceMessage>,
    readonly allowances: Allowances,
    readonly visitors: Visitors,
    readonly limits: SocketLimits,
    readonly now: () => number,
  ) {
    this.#heartbeat = new Heartbeat(limits.heartbeatMs)
  }

  get size(): number {
    return this.#heartbeat.size
  }

  /** Given to the server once: a socket's own object is its `data`, so that nothing is wrapped or looked up. */
  get handlers(): WebSocketHandler<Socket> {
    const { frame, outbound } = this.limits
    return {
      open: (ws) => {
        this.#heartbeat.add(ws.data)
        this.visitors.opened(ws.data.options.address, ws.data.options.user?.id)
        ws.data.opened(ws)
      },
      message: (ws, raw) => ws.data.received(raw),
      drain: (ws) => ws.data.drained(),
      pong: (ws) => ws.data.ponged(),
      close: (ws, code) => {
        this.#heartbeat.delete(ws.data)
        this.visitors.closed(ws.data.options.address)
        ws.data.closed(code)
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

  closeAll(closing: Closing): void {
    this.#heartbeat.stop()
    for (const socket of [...this.#heartbeat.sockets()]) socket.close(closing)
  }

  #flushed(): void {
    const sockets = this.#awaitingFlush
    this.#awaitingFlush = []
    for (const socket of sockets) socket.flushed()
  }
}

const largest = 2 ** 30

/** Long enough that one acknowledgement stands for many messages, short enough that nobody notices. */
const flushCheckMs = 20
