import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net"

export interface Speed {
  /** There and back, in milliseconds. */
  readonly roundTripMs: number
  /** Each way, shared by all connections. */
  readonly bitsPerSecond: number
}

/** What a line carries at once of one connection, in bytes. */
const segment = 1460

/**
 * One slow line to a server on the loopback. Unlike the throttle of Chromium's DevTools it costs a new connection its
 * handshake, shares its bandwidth among connections packet by packet, and treats a WebSocket as it treats HTTP.
 */
export class SlowLine {
  readonly #sockets = new Set<Socket>()

  private constructor(
    readonly server: Server,
    readonly url: string,
  ) {}

  static async start(targetPort: number, speed: Speed): Promise<SlowLine> {
    const server = createServer({ allowHalfOpen: true, noDelay: true })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const line = new SlowLine(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const [up, down] = [new Direction(speed), new Direction(speed)]
    server.on("connection", (client) => {
      const target = connect({ port: targetPort, host: "127.0.0.1", allowHalfOpen: true, noDelay: true })
      line.#keep(client, target)
      up.carry(client, target, performance.now() + speed.roundTripMs)
      down.carry(target, client, 0)
    })
    return line
  }

  stop(): void {
    this.server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  #keep(client: Socket, target: Socket): void {
    for (const socket of [client, target]) {
      this.#sockets.add(socket)
      socket.on("close", () => this.#sockets.delete(socket))
      socket.on("error", () => {
        client.destroy()
        target.destroy()
      })
    }
  }
}

interface Flow {
  readonly to: Socket
  /** When the connection is made, on the clock of `performance.now()`. */
  readonly from: number
  readonly segments: Buffer[]
  /** On the line, oldest first. */
  readonly underway: Buffer[]
}

/** One way of the line: a segment of each connection that has one, in turn. */
class Direction {
  readonly #flows: Flow[] = []
  #freeAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(readonly speed: Speed) {}

  carry(source: Socket, to: Socket, from: number): void {
    const flow: Flow = { to, from, segments: [], underway: [] }
    this.#flows.push(flow)
    source.on("data", (chunk: Buffer) => {
      for (let at = 0; at < chunk.length; at += segment) flow.segments.push(chunk.subarray(at, at + segment))
      this.#schedule()
    })
    // What was sent last arrives first.
    source.on("end", () => {
      flow.segments.push(Buffer.alloc(0))
      this.#schedule()
    })
    to.on("close", () => this.#flows.splice(this.#flows.indexOf(flow), 1))
  }

  #schedule(): void {
    const waiting = this.#flows.filter(({ segments }) => segments.length > 0)
    if (this.#timer !== undefined || waiting.length === 0) return
    const at = Math.max(this.#freeAt, Math.min(...waiting.map(({ from }) => from)))
    this.#timer = setTimeout(() => this.#depart(), Math.max(0, at - performance.now()))
  }

  #depart(): void {
    this.#timer = undefined
    const now = performance.now()
    const next = this.#flows.findIndex(({ segments, from }) => segments.length > 0 && from <= now + 1)
    const [flow] = next < 0 ? [] : this.#flows.splice(next, 1)
    if (flow !== undefined) {
      this.#flows.push(flow)
      const bytes = flow.segments.shift() ?? Buffer.alloc(0)
      // A timer that came late takes nothing from the line.
      this.#freeAt = Math.max(this.#freeAt, now - 20) + (bytes.length * 8000) / this.speed.bitsPerSecond
      flow.underway.push(bytes)
      // Timers are exact to a millisecond only: each lets the oldest arrive.
      setTimeout(() => arrive(flow), Math.max(0, this.#freeAt - now + this.speed.roundTripMs / 2))
    }
    this.#schedule()
  }
}

function arrive({ to, underway }: Flow): void {
  const bytes = underway.shift()
  if (bytes === undefined || !to.writable) return
  if (bytes.length === 0) to.end()
  else to.write(bytes)
}
