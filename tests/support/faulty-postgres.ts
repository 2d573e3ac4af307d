import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net"

/**
 * `real`: passes everything on. `fatal`: lets every client in and answers each statement with a FATAL error. `login`: a
 * pooler whose server refuses the login. `cut`: each connection is cut after one answer more. `silence`: no answer.
 * `noise`: random bytes.
 */
export type Mode = "real" | "fatal" | "login" | "cut" | "silence" | "noise"

/** Stands in front of a real Postgres, on the loopback, and fails in the way of its mode. */
export class FaultyPostgres {
  readonly #sockets = new Set<Socket>()
  #mode: Mode = "real"
  /** Connections since the last change of mode. */
  connections = 0

  private constructor(
    readonly server: Server,
    readonly target: URL,
  ) {
    server.on("connection", (socket) => this.#meet(socket))
  }

  static async start(realUrl: string): Promise<FaultyPostgres> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    return new FaultyPostgres(server, new URL(realUrl))
  }

  /** It holds a password, which the real server does not need and no log may show. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo
    return `postgres://duet:${password}@127.0.0.1:${port}${this.target.pathname}`
  }

  /** Ends every connection; new ones get the new mode. */
  switchTo(mode: Mode): void {
    this.#mode = mode
    this.connections = 0
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
    this.connections++
    this.#keep(socket)
    switch (this.#mode) {
      case "real":
        this.#relay(socket)
        return
      case "cut":
        return this.#cutOff(socket, this.connections)
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

  /** Cuts after this many answers of the real server: half way through the last one, or every other time by a reset. */
  #cutOff(socket: Socket, answers: number): void {
    const abrupt = this.connections % 2 === 0
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

export const password = "a-secret-that-no-log-may-show"

/** Lets the client in, and calls `statement` for each statement. */
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
