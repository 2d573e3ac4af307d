import { connect, type Socket } from "node:net"

/** A WebSocket by hand, below the library: it can stop reading, and vanish without a word. */
export class RawSocket {
  private constructor(readonly tcp: Socket) {}

  /** Connects and finishes the handshake. */
  static async open(port: number, path: string): Promise<RawSocket> {
    const tcp = connect(port, "127.0.0.1")
    tcp.on("error", () => {})
    tcp.write(
      [
        `GET ${path} HTTP/1.1`,
        "Host: 127.0.0.1",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "",
        "",
      ].join("\r\n"),
    )
    await new Promise((resolve) => tcp.once("data", resolve))
    return new RawSocket(tcp)
  }

  /** Reads no more: what is sent to it piles up. */
  stall(): void {
    this.tcp.pause()
  }

  destroy(): void {
    this.tcp.destroy()
  }
}
