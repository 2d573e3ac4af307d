import type { Server } from "bun"
import type { Log } from "../log/log.ts"
import { largestCrowd } from "./limits/crowd.ts"
import type { Descriptors } from "./limits/descriptors.ts"
import type { Publisher } from "./sockets/broadcast.ts"
import type { Socket } from "./sockets/socket.ts"
import type { Upgrader } from "./sockets/upgrade.ts"

export interface Listening {
  /** 0 for any that is free. */
  readonly port: number
  /** Starts a server on a port. Throws when that is taken. */
  serve(port: number): Server<Socket>
  readonly log: Log
}

/** How often the descriptors are looked at; so long at most the loop turns on an `accept` that fails. */
const lookMs = 200

/**
 * The port. It is shut while descriptors run out, for Bun tells of no connection before its first request is whole, so
 * that those who send half of one cannot be refused; unfinished ones end by Bun's own time limit, which is 12 s whatever
 * `idleTimeout` says. Until it is opened, nobody hears.
 */
export class Listener implements Publisher, Upgrader {
  /** Every server that still has connections; the last one listens unless the port is shut. */
  #servers: Server<Socket>[] = []
  #isOpen = false
  #timer: Timer | undefined

  constructor(
    readonly descriptors: Descriptors,
    readonly crowdAt = largestCrowd,
  ) {}

  /** Listens, and answers the port, which stays the same from then on. */
  open(listening: Listening): number {
    const port = this.#listen(listening, listening.port)
    this.#timer = setInterval(() => this.#look(listening, port), lookMs)
    this.#timer.unref()
    return port
  }

  stop(): void {
    clearInterval(this.#timer)
    if (this.#isOpen) this.#shut()
  }

  /** The address at the other end of a request's connection; empty when it is gone. */
  peerOf(request: Request): string {
    return this.#servers.at(-1)?.requestIP(request)?.address ?? ""
  }

  /** A handshake may be finished after the port was shut and opened again: each server upgrades its own, and throws at others. */
  upgrade(request: Request, options: Parameters<Upgrader["upgrade"]>[1]): boolean {
    const [oldest, ...others] = this.#servers
    for (const server of others.reverse()) {
      try {
        return server.upgrade(request, options)
      } catch {
        // Not its own.
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

  #look(listening: Listening, port: number): void {
    const { limit } = this.descriptors
    const left = this.descriptors.look()
    if (left === "out" && this.#isOpen) {
      // Without a descriptor to read with nobody could be named: shutting frees one.
      this.#shut()
      const most = this.crowdAt(port)
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
      // Tried again at the next look.
    }
  }
}
