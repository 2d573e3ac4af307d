import { connect, type Socket } from "node:net"

/** How many bytes of a server's output are kept: attacks look only at the beginning. */
const keptBytes = 1_000_000

/** A TCP connection of an attacker: it can write any bytes, read or not, and end in any way. */
export class RawPeer {
  #received = Buffer.alloc(0)
  #wake = () => {}
  isClosed = false

  private constructor(readonly tcp: Socket) {
    tcp.on("data", (bytes: Buffer) => {
      if (this.#received.length < keptBytes) this.#received = Buffer.concat([this.#received, bytes])
      this.#wake()
    })
    tcp.on("close", () => {
      this.isClosed = true
      this.#wake()
    })
  }

  /** Resolves with `undefined` if the server does not accept it. */
  static open(port: number): Promise<RawPeer | undefined> {
    const tcp = connect(port, "127.0.0.1")
    return new Promise((resolve) => {
      tcp.on("error", () => resolve(undefined))
      tcp.on("close", () => resolve(undefined))
      tcp.on("connect", () => resolve(new RawPeer(tcp)))
    })
  }

  get received(): Buffer {
    return this.#received
  }

  /** Writes, and waits until there is room again. */
  async write(bytes: Uint8Array | string, withinMs = 2000): Promise<void> {
    if (this.isClosed || this.tcp.write(bytes)) return
    await this.#until(() => this.tcp.writableLength === 0, withinMs, "drain")
  }

  /** Resolves with whether the condition came true before the connection closed or the time was over. */
  async until(isTrue: (received: Buffer) => boolean, withinMs: number): Promise<boolean> {
    return await this.#until(() => isTrue(this.#received), withinMs)
  }

  closed(withinMs: number): Promise<boolean> {
    return this.#until(() => this.isClosed, withinMs)
  }

  /** Ends the connection by RST. */
  reset(): void {
    this.tcp.resetAndDestroy()
  }

  end(): void {
    this.tcp.end()
  }

  async #until(isTrue: () => boolean, withinMs: number, event?: string): Promise<boolean> {
    const deadline = performance.now() + withinMs
    while (!isTrue()) {
      const left = deadline - performance.now()
      if (left <= 0 || this.isClosed) return isTrue()
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
        if (event !== undefined) this.tcp.once(event, this.#wake)
      })
    }
    return true
  }
}

export interface HandshakeOptions {
  readonly address: string
  /** A key of `duet.v1`; without one the classic protocol. */
  readonly key?: string | undefined
  readonly cookie?: string
}

/** A valid handshake, as bytes. */
export function handshakeBytes(path: string, { address, key, cookie }: HandshakeOptions): string {
  return [
    `GET ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    `X-Forwarded-For: ${address}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ...(key === undefined ? [] : [`Sec-WebSocket-Protocol: duet.v1, duet.key.${key}`]),
    ...(cookie === undefined ? [] : [`Cookie: ${cookie}`]),
    "",
    "",
  ].join("\r\n")
}

/** A frame as the server sent it. */
export interface ServerFrame {
  readonly opcode: number
  /** Whether the frame is not final, or has reserved bits or a mask: the server may use none of these. */
  readonly isOdd: boolean
  readonly payload: Buffer
}

/** The frames after the handshake's response; an incomplete one is left out. */
export function readFrames(received: Buffer): ServerFrame[] {
  const frames: ServerFrame[] = []
  let at = headLength(received)
  while (at > 0 && at + 2 <= received.length) {
    const [first = 0, second = 0] = received.subarray(at, at + 2)
    const short = second & 0x7f
    const head = at + 2 + (short === 126 ? 2 : short === 127 ? 8 : 0)
    if (head > received.length) break
    const length =
      short === 126
        ? received.readUInt16BE(at + 2)
        : short === 127
          ? Number(received.readBigUInt64BE(at + 2))
          : short
    if (head + length > received.length) break
    const isOdd = (first & 0xf0) !== 0x80 || (second & 0x80) !== 0
    frames.push({ opcode: first & 0x0f, isOdd, payload: received.subarray(head, head + length) })
    at = head + length
  }
  return frames
}

/** The length of the response's head in bytes; 0 while it is incomplete. */
export function headLength(received: Buffer): number {
  const end = received.indexOf("\r\n\r\n")
  return end < 0 ? 0 : end + 4
}

/** The statuses of all responses. */
export function readStatuses(received: Buffer): number[] {
  return [...received.toString("latin1").matchAll(/HTTP\/1\.1 (\d{3})[ \r]/g)].map(([, status]) =>
    Number(status),
  )
}
