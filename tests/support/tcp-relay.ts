import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net"

/** How a connection ends: reset, closed in order on both sides, or dead without a word. */
export type Cut = "rst" | "fin" | "silence"

/** `up` is what the client sends, `down` what the server sends. */
export type Way = "up" | "down"

/** Where a connection is to fail: when so many bytes have passed one way. */
export interface Aim {
  readonly way: Way
  /** Counted from the first byte, or from the end of the HTTP head, where the frames begin. */
  readonly from: "start" | "frames"
  readonly bytes: number
  /** A stall is of that way alone, and lasts until `flow`. */
  readonly how: Cut | "stall"
}

/** Stands between clients and a server on the loopback, as the network does, and fails as it does. */
export class TcpRelay {
  readonly #links = new Set<Link>()
  /** Called with each new connection before a byte of it has passed: the place to aim. */
  onLink: (link: Link) => void = () => {}

  private constructor(
    readonly server: Server,
    readonly port: number,
  ) {}

  static async start(targetPort: number): Promise<TcpRelay> {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const { port } = server.address() as AddressInfo
    const relay = new TcpRelay(server, port)
    server.on("connection", (client) => relay.#open(client, targetPort))
    return relay
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** The connections that are not over, silent ones among them, oldest first. */
  get links(): readonly Link[] {
    return [...this.#links]
  }

  cutAll(how: Cut): void {
    for (const link of this.links) link.cut(how)
  }

  /** The client tries anew: what is still on its way here comes to nobody, and what stalls never ends. */
  abandon(): void {
    for (const link of this.links) link.abandon()
  }

  /** Takes no more connections, and resets those that are left. */
  stop(): void {
    this.server.close()
    for (const link of this.links) link.cut("rst")
  }

  #open(client: Socket, targetPort: number): void {
    const server = connect({ port: targetPort, host: "127.0.0.1", allowHalfOpen: true })
    const link = new Link(client, server)
    this.#links.add(link)
    server.once("close", () => this.#links.delete(link))
    this.onLink(link)
    client.resume()
  }
}

/** One connection through the relay. */
export class Link {
  readonly up: Lane
  readonly down: Lane
  #silent = false
  #over = false

  constructor(
    readonly client: Socket,
    readonly server: Socket,
  ) {
    const cut = (how: Cut) => this.cut(how)
    this.up = new Lane(client, server, cut)
    this.down = new Lane(server, client, cut)
    for (const socket of [client, server]) socket.on("error", () => this.#silent || this.cut("rst"))
  }

  aim({ way, ...target }: Aim): void {
    this[way].target = target
  }

  /** Milliseconds that each byte takes longer from now on, both ways. */
  delay(ms: number): void {
    for (const lane of [this.up, this.down]) lane.delayMs = ms
  }

  /** Nothing passes until `flow`: what is sent piles up in the sender's kernel. */
  stall(...ways: readonly Way[]): void {
    for (const way of ways.length > 0 ? ways : both) this[way].stall()
  }

  /** What was stalled goes on; what was cut does not. */
  flow(): void {
    if (this.#over || this.#silent) return
    for (const way of both) this[way].flow()
  }

  abandon(): void {
    if (this.up.stalled || this.down.stalled) this.cut("silence")
    else if (this.up.delayMs > 0) this.cut("rst")
  }

  /** A silent connection hides each side's end from the other; it can still be cut otherwise. Any other is over. */
  cut(how: Cut): void {
    if (this.#over) return
    this.stall()
    this.#silent = how === "silence"
    if (this.#silent) return
    this.#over = true
    for (const socket of [this.client, this.server]) {
      if (how === "rst") socket.resetAndDestroy()
      else socket.end(() => socket.destroySoon())
    }
  }
}

const both: readonly Way[] = ["up", "down"]

/** One way of a connection. */
class Lane {
  /** Bytes that have passed. */
  passed = 0
  delayMs = 0
  target: Omit<Aim, "way"> | undefined
  stalled = false
  #ended = false
  /** Delayed, oldest first. */
  readonly #underway: (() => void)[] = []
  /** When the newest of them is to arrive. */
  #dueAt = 0
  #waiting: Buffer[] = []
  #head: Buffer | undefined = Buffer.alloc(0)
  #framesFrom: number | undefined

  constructor(
    readonly from: Socket,
    readonly to: Socket,
    readonly cut: (how: Cut) => void,
  ) {
    from.on("data", (chunk: Buffer) => this.#later(() => this.#waiting.push(chunk)))
    from.on("end", () => this.#later(() => (this.#ended = true)))
    to.on("drain", () => !this.stalled && from.resume())
  }

  stall(): void {
    this.stalled = true
    this.from.pause()
  }

  flow(): void {
    this.stalled = false
    this.from.resume()
    this.#pass()
  }

  /** Nothing overtakes what is on its way, also when the delay changes: each timer lets the oldest arrive. */
  #later(arrive: () => void): void {
    const now = performance.now()
    this.#dueAt = Math.max(this.#dueAt, now + this.delayMs)
    this.#underway.push(arrive)
    if (this.#dueAt > now || this.#underway.length > 1) setTimeout(() => this.#arrive(), this.#dueAt - now)
    else this.#arrive()
  }

  #arrive(): void {
    this.#underway.shift()?.()
    this.#pass()
  }

  #pass(): void {
    while (!this.stalled) {
      const chunk = this.#waiting.shift()
      if (chunk === undefined) break
      this.#readHead(chunk)
      const room = this.#roomFor(chunk)
      this.#write(chunk.subarray(0, room))
      if (room <= chunk.length && this.target !== undefined) return this.#hit(chunk, room, this.target)
    }
    if (this.#ended && !this.stalled) this.to.end()
  }

  #write(bytes: Buffer): void {
    if (bytes.length === 0 || !this.to.writable) return
    this.passed += bytes.length
    if (!this.to.write(bytes)) this.from.pause()
  }

  #hit(chunk: Buffer, room: number, { how }: Omit<Aim, "way">): void {
    this.target = undefined
    if (room < chunk.length) this.#waiting.unshift(chunk.subarray(room))
    if (how === "stall") this.stall()
    else this.cut(how)
  }

  /** How much of this chunk may pass before the cut; more than there is when there is none. */
  #roomFor(chunk: Buffer): number {
    if (this.target === undefined) return chunk.length + 1
    const { from, bytes } = this.target
    const start = from === "start" ? 0 : this.#framesFrom
    return start === undefined ? chunk.length + 1 : Math.max(0, start + bytes - this.passed)
  }

  #readHead(chunk: Buffer): void {
    if (this.#head === undefined) return
    this.#head = Buffer.concat([this.#head, chunk])
    const end = this.#head.indexOf("\r\n\r\n")
    if (end < 0) return
    this.#framesFrom = end + 4
    this.#head = undefined
  }
}
