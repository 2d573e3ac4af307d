import type { Server } from "bun"
import type { Log } from "../log.ts"
import type { Descriptors } from "./limits/descriptors.ts"
import type { Socket } from "./socket.ts"
import type { Publisher } from "./topics.ts"

/** How often the descriptors are looked at; so long at most the loop turns on an `accept` that fails. */
const lookMs = 200

/**
 * The port. It is shut while descriptors run out, for Bun tells of no connection before its first request is whole, so
 * that those who send half of one cannot be refused; unfinished ones end by Bun's own time limit.
 */
export class Listener implements Publisher {
  /** Every server that still has sockets; the last one listens unless the port is shut. */
  #servers: Server<Socket>[] = []
  #isOpen = false
  #port = 0
  #timer: Timer | undefined

  constructor(
    /** Starts a server on a port. Throws when that is taken. */
    readonly serve: (port: number) => Server<Socket>,
    readonly descriptors: Descriptors,
    readonly log: Log,
  ) {}

  /** Listens, and answers the port, which stays the same from then on. */
  open(port: number): number {
    this.#listen(port)
    this.#timer = setInterval(() => this.#look(), lookMs)
    this.#timer.unref()
    return this.#port
  }

  stop(): void {
    clearInterval(this.#timer)
    if (this.#isOpen) this.#shut()
  }

  /** The address at the other end of a request's connection; empty when it is gone. */
  peerOf(request: Request): string {
    return this.#servers.at(-1)?.requestIP(request)?.address ?? ""
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

  #listen(port: number): void {
    const server = this.serve(port)
    this.#servers.push(server)
    this.#port = server.port ?? port
    this.#isOpen = true
  }

  #shut(): void {
    this.#isOpen = false
    const server = this.#servers.at(-1)
    void server?.stop(false).then(() => {
      this.#servers = this.#servers.filter((each) => each !== server)
    })
  }

  #look(): void {
    const left = this.descriptors.look()
    if (left === "out" && this.#isOpen) {
      this.#shut()
      this.log(
        "warn",
        "descriptors run out: nobody can connect until some are free. Raise the limit (ulimit -n)",
        {
          limit: this.descriptors.limit,
        },
      )
    }
    if (left === "ample" && !this.#isOpen) this.#reopen()
  }

  #reopen(): void {
    try {
      this.#listen(this.#port)
      this.log("info", "descriptors are free again: people can connect")
    } catch {
      // Tried again at the next look.
    }
  }
}
