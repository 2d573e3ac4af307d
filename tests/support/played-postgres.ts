import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net"

/**
 * What stands in for Postgres: the real one; one that lets everybody in and answers each statement with a FATAL error;
 * a pooler whose server's login has been failing; the real one, cut off ever later; silence; noise.
 */
export type Play = "real" | "fatal" | "login" | "cut" | "silence" | "noise"

/** A Postgres on the loopback that changes its ways when told, in front of a real one. */
export class PlayedPostgres {
  readonly #sockets = new Set<Socket>()
  #play: Play = "real"
  /** Connections since the present play began. */
  met = 0

  private constructor(
    readonly server: Server,
    readonly target: URL,
  ) {
    server.on("connection", (socket) => this.#meet(socket))
  }

  static async start(realUrl: string): Promise<PlayedPostgres> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    return new PlayedPostgres(server, new URL(realUrl))
  }

  /** With a password, which the real one does not ask for and nobody may ever read in a log. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo
    return `postgres://duet:${password}@127.0.0.1:${port}${this.target.pathname}`
  }

  /** Ends every connection; those to come meet the new play. */
  perform(play: Play): void {
    this.#play = play
    this.met = 0
    this.#hangUp()
  }

  stop(): void {
    this.server.close()
    this.#hangUp()
  }

  #hangUp(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  #meet(socket: Socket): void {
    this.met++
    this.#keep(socket)
    switch (this.#play) {
      case "real":
        this.#relay(socket)
        return
      case "cut":
        return this.#cutOff(socket, this.met)
      case "fatal":
        return answerEach(socket, () => {
          socket.end(fatal("57P01", "terminating connection due to administrator command"))
        })
      case "login":
        socket.once("data", () =>
          socket.end(fatal("08P01", "server login has been failing, try again later")),
        )
        return
      case "noise":
        socket.on("data", () => socket.write(crypto.getRandomValues(new Uint8Array(300))))
        return
      case "silence":
        socket.resume()
        return
    }
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on("error", () => {})
    socket.once("close", () => this.#sockets.delete(socket))
  }

  #relay(socket: Socket): Socket {
    const real = connect({ port: Number(this.target.port), host: "127.0.0.1" })
    this.#keep(real)
    socket.pipe(real).pipe(socket)
    socket.once("close", () => real.destroy())
    return real
  }

  /** After so many of the real one's answers; every other time in the middle of one, and with a reset. */
  #cutOff(socket: Socket, answers: number): void {
    const abrupt = this.met % 2 === 0
    let left = answers
    const real = this.#relay(socket)
    real.on("data", (data: Buffer) => {
      if (--left > 0) return
      real.unpipe(socket)
      if (abrupt) socket.resetAndDestroy()
      else socket.end(data.subarray(0, data.length / 2))
    })
  }
}

export const password = "a-word-that-is-nobodys-business"

/** Lets the client in, and hands each of its statements to `statement`. */
function answerEach(socket: Socket, statement: () => void): void {
  socket.once("data", () => {
    socket.write(Buffer.concat([packet("R", int(0)), packet("K", Buffer.concat([int(1), int(1)])), idle]))
    socket.on("data", statement)
  })
}

const idle = packet("Z", Buffer.from("I"))

function fatal(code: string, message: string): Buffer {
  return packet("E", Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`))
}

function packet(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type, "latin1"), int(body.length + 4), body])
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
