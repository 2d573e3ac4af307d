import type { Server } from "bun"
import type { Log } from "../log/log.ts"
import { busiestAddress } from "./limits/busiest-address.ts"
import type { Descriptors } from "./limits/descriptors.ts"
import type { Publisher } from "./sockets/broadcast.ts"
import type { Socket } from "./sockets/socket.ts"
import type { Upgrader } from "./sockets/upgrade.ts"

export interface Listening {
  /** 0 for any free port. */
  readonly port: number
  /** Starts a server on a port. Throws when the port is taken. */
  serve(port: number): Server<Socket>
  readonly log: Log
}

/** How often the free descriptors are counted: the loop spins no longer than this on an `accept` that fails. */
const checkMs = 200

/**
 * The listening port. It is closed while descriptors run out: Bun reports a connection only once its first request is
 * complete, so that the server cannot refuse those with half a request. These end after 12 s, by Bun's own limit,
 * whatever `idleTimeout` says.
 */
export class Listener implements Publisher, Upgrader {
  /** Every server that still has connections; the last one listens unless the port is closed. */
  #servers: Server<Socket>[] = []
  #isOpen = false
  #timer: Timer | undefined

  constructor(
    readonly descriptors: Descriptors,
    readonly busiestAt = busiestAddress,
  ) {}

  /** Listens, and returns the port, which stays the same from then on. */
  open(listening: Listening): number {
    const port = this.#listen(listening, listening.port)
    this.#timer = setInterval(() => this.#check(listening, port), checkMs)
    this.#timer.unref()
    return port
  }

  stop(): void {
    clearInterval(this.#timer)
    if (this.#isOpen) this.#shut()
  }

  /** The peer address of a request's connection; empty when it is closed. */
  peerOf(request: Request): string {
    return this.#servers.at(-1)?.requestIP(request)?.address ?? ""
  }

  /** A handshake may finish after the port was closed and opened again: each server upgrades only its own requests. */
  upgrade(request: Request, options: Parameters<Upgrader["upgrade"]>[1]): boolean {
    const [oldest, ...others] = this.#servers
    for (const server of others.reverse()) {
      try {
        return server.upgrade(request, options)
      } catch {
        // Another server's request.
      }
    }
    return oldest?.upgrade(request, options) ?? false
  }

  publish(topic: string, frame: string, compress: boolean): number {
    let sent = 0
    for (const server of this.#servers) sent += server.publish(topic, frame, compress)
    return sent
  }

  subscriberCount(topic: string): number {
    let count = 0
    for (const server of this.#servers) count += server.subscriberCount(topic)
    return count
  }

  #listen({ serve }: Listening, port: number): number {
    const server = serve(port)
    this.#servers.push(server)
    this.#isOpen = true
    return server.port ?? port
  }

  #shut(): void {
    this.#isOpen = false
    const server = this.#servers.at(-1)
    void server?.stop(false).then(() => {
      this.#servers = this.#servers.filter((each) => each !== server)
    })
  }

  #check(listening: Listening, port: number): void {
    const { limit } = this.descriptors
    const left = this.descriptors.look()
    if (left === "out" && this.#isOpen) {
      // Closing the port first frees the descriptor that `busiestAt` needs.
      this.#shut()
      const most = this.busiestAt(port)
      listening.log("warn", "descriptors run out: nobody can connect until some are free (see ulimit -n)", {
        limit,
        ...(most && { most_from: most.address, connections: most.connections }),
      })
    }
    if (left === "ample" && !this.#isOpen) this.#reopen(listening, port)
  }

  #reopen(listening: Listening, port: number): void {
    try {
      this.#listen(listening, port)
      listening.log("info", "descriptors are free again: people can connect")
    } catch {
      // The next check tries again.
    }
  }
}
