import { connect, isIP, type Socket } from "node:net"
import { checkServerIdentity, connect as secure, type TLSSocket } from "node:tls"
import type { ConnectionParameters } from "./database-parameters.ts"
import { type DatabaseServer, describeServer } from "./database-url.ts"

/** Postgres's `SSLRequest`, which takes the place of the protocol's version. */
const tlsRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])
const [yes, no] = [0x53, 0x4e]

/** The server could not be reached as the URL asks. */
export class DialError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/**
 * Connects to one server, with TLS as `sslmode` says: the driver can neither fall back nor tell what is wrong. A Unix
 * socket never has TLS.
 */
export class Dialer {
  readonly #sockets = new Set<Socket>()
  #closed = false
  /** Whether the server closed the last socket before it sent a byte. */
  #hungUp = false

  constructor(
    readonly server: DatabaseServer,
    readonly parameters: Pick<ConnectionParameters, "sslmode" | "rootCertificates" | "connectSeconds">,
  ) {}

  /**
   * Resolves with a socket that is ready for the driver's first message. Rejects once after a socket that the server
   * closed without a byte, as a proxy without a server does: the driver would dial again at once, for ever.
   */
  async dial(): Promise<Socket> {
    if (this.#hungUp) {
      this.#hungUp = false
      throw new DialError(
        "CONNECTION_CLOSED",
        `${describeServer(this.server)} closed the connection without an answer`,
      )
    }
    const socket = await this.#reach()
    let heard = false
    socket.once("data", () => {
      heard = true
    })
    socket.once("close", () => {
      this.#hungUp = !heard
    })
    return socket
  }

  /** Closes all sockets, also those still connecting. */
  close(): void {
    this.#closed = true
    for (const socket of this.#sockets) socket.destroy()
  }

  async #reach(): Promise<Socket> {
    const deadline = performance.now() + this.parameters.connectSeconds * 1000
    const socket = await this.#open(deadline)
    if ("path" in this.server || this.parameters.sslmode === "disable") return socket
    const secured = this.#secure(socket, this.server.host, deadline)
    if (this.parameters.sslmode !== "prefer") return secured
    // Like libpq, `prefer` tries again without TLS when TLS fails.
    return (await secured.catch(() => undefined)) ?? this.#open(deadline)
  }

  async #open(deadline: number): Promise<Socket> {
    if (this.#closed) throw new DialError("CLOSED", "the store was closed while it connected")
    const { server } = this
    const socket = this.#keep("path" in server ? connect(server.path) : connect(server.port, server.host))
    return this.#when(socket, "connect", deadline, () => socket)
  }

  async #secure(socket: Socket, host: string, deadline: number): Promise<Socket> {
    const { sslmode, rootCertificates } = this.parameters
    const answer = this.#when(socket, "data", deadline, (data: Buffer) => data)
    socket.write(tlsRequest)
    const [word, more] = await answer
    if (word === no && more === undefined) {
      if (sslmode === "prefer") return socket
      socket.destroy()
      throw new DialError(
        "NO_TLS",
        `${describeServer(this.server)} offers no TLS, and sslmode=${sslmode} asks for it`,
      )
    }
    if (word !== yes || more !== undefined) {
      socket.destroy()
      throw new DialError("NO_TLS", `${describeServer(this.server)} did not answer the request for TLS`)
    }
    const ca = rootCertificates === undefined ? {} : { ca: await Bun.file(rootCertificates).text() }
    const encrypted = secure({
      socket,
      ...(isIP(host) === 0 && { servername: host }),
      ...ca,
      rejectUnauthorized: sslmode === "verify-ca" || sslmode === "verify-full",
      // Bun would compare with the socket's host, which may be missing: `#identified` compares.
      checkServerIdentity: () => undefined,
    })
    this.#keep(encrypted)
    return this.#when(encrypted, "secureConnect", deadline, () => this.#identified(encrypted, host))
  }

  #identified(socket: TLSSocket, host: string): TLSSocket {
    const { sslmode } = this.parameters
    const stranger =
      sslmode === "verify-full" ? checkServerIdentity(host, socket.getPeerCertificate()) : undefined
    if (stranger === undefined) return socket
    socket.destroy()
    throw new DialError("WRONG_HOST", `sslmode=verify-full: ${stranger.message}`)
  }

  #keep<T extends Socket>(socket: T): T {
    this.#sockets.add(socket)
    socket.once("close", () => this.#sockets.delete(socket))
    // Without a listener an error would end the process; `#when` and the driver have listeners of their own.
    socket.on("error", () => {})
    return socket
  }

  /** Resolves with `read`'s result for the event; rejects when the socket fails, closes or takes too long before it. */
  #when<T, Event>(socket: Socket, name: string, deadline: number, read: (event: Event) => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const where = describeServer(this.server)
    const failed = (error: Error) => reject(name === "secureConnect" ? this.#tlsFailure(error) : error)
    const closed = () => reject(new DialError("CONNECTION_CLOSED", `${where} closed the connection`))
    const happened = (event: Event) => {
      try {
        resolve(read(event))
      } catch (error) {
        reject(error)
      }
    }
    const timer = setTimeout(() => {
      reject(new DialError("CONNECT_TIMEOUT", `${where} did not answer in time`))
      socket.destroy()
    }, deadline - performance.now())
    socket.once(name, happened).once("error", failed).once("close", closed)
    return promise.finally(() => {
      clearTimeout(timer)
      socket.off(name, happened).off("error", failed).off("close", closed)
    })
  }

  /** Names the setting that the certificate does not satisfy. */
  #tlsFailure(error: Error): Error {
    const code = "code" in error && typeof error.code === "string" ? error.code : "TLS"
    return new DialError(code, `sslmode=${this.parameters.sslmode}: ${error.message}`, { cause: error })
  }
}
