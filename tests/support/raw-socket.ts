import { connect, type Socket } from "node:net"

/** A WebSocket on a bare TCP socket: it can stop reading, and vanish without a close. */
export class RawSocket {
  private constructor(readonly tcp: Socket) {}

  /** Connects and finishes the handshake. */
  static async open(port: number, path: string): Promise<RawSocket> {
    const raw = RawSocket.rush(port, path)
    await new Promise((resolve) => raw.tcp.once("data", resolve))
    return raw
  }

  /** Sends these frames with the handshake in one write, and does not wait. */
  static rush(port: number, path: string, ...frames: readonly Buffer[]): RawSocket {
    const tcp = connect(port, "127.0.0.1")
    tcp.on("error", () => {})
    const handshake = [
      `GET ${path} HTTP/1.1`,
      "Host: 127.0.0.1",
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "",
      "",
    ]
    tcp.write(Buffer.concat([Buffer.from(handshake.join("\r\n")), ...frames]))
    return new RawSocket(tcp)
  }

  /** Sends a close frame with 1000. */
  static readonly goodbye = Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8])

  /** Makes a text frame, masked with zeros. */
  static frame(text: string): Buffer {
    const payload = Buffer.from(text)
    const { length } = payload
    const size = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 255]
    return Buffer.concat([Buffer.from([0x81, ...size, 0, 0, 0, 0]), payload])
  }

  text(text: string): void {
    this.tcp.write(RawSocket.frame(text))
  }

  /** Waits until all bytes received from now on satisfy `isThere`. */
  until(isThere: (bytes: Buffer) => boolean): Promise<void> {
    return new Promise((resolve) => {
      let bytes = Buffer.alloc(0)
      const read = (chunk: Buffer) => {
        bytes = Buffer.concat([bytes, chunk])
        if (!isThere(bytes)) return
        this.tcp.off("data", read)
        resolve()
      }
      this.tcp.on("data", read)
    })
  }

  /** Stops reading: what is sent to it piles up. */
  stall(): void {
    this.tcp.pause()
  }

  destroy(): void {
    this.tcp.destroy()
  }
}
