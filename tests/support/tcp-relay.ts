import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net"

/** How a connection ends: by a reset, by an orderly close of both sides, or silently. */
export type Cut = "rst" | "fin" | "silence"

/** `up` is what the client sends, `down` what the server sends. */
export type Way = "up" | "down"

/** When a connection fails: after this many bytes in one direction. */
export interface Aim {
  readonly way: Way
  /** Counted from the first byte, or from the end of the HTTP head, where the frames begin. */
  readonly from: "start" | "frames"
  readonly bytes: number
  /** A stall stops only that direction, until `flow`. */
  readonly how: Cut | "stall"
}

/** Stands between clients and a server on the loopback, and fails as networks do. */
export class TcpRelay {
  readonly #links = new Set<Link>()
  /** Called with each new connection before a byte has passed; call `aim` here. */
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

  /** The open connections, with silent ones, oldest first. */
  get links(): readonly Link[] {
    return [...this.#links]
  }

  cutAll(how: Cut): void {
    for (const link of this.links) link.cut(how)
  }

  /** The client connects anew: bytes still in the relay are dropped, and stalled connections fall silent. */
  abandon(): void {
    for (const link of this.links) link.abandon()
  }

  /** Accepts no more connections, and resets the open ones. */
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

  /** Delays each byte from now on by this many milliseconds, in both directions. */
  delay(ms: number): void {
    for (const lane of [this.up, this.down]) lane.delayMs = ms
  }

  /** Passes nothing until `flow`: bytes pile up in the sender's kernel. */
  stall(...ways: readonly Way[]): void {
    for (const way of ways.length > 0 ? ways : both) this[way].stall()
  }

  /** Ends a stall, but not a cut. */
  flow(): void {
    if (this.#over || this.#silent) return
    for (const way of both) this[way].flow()
  }

  abandon(): void {
    if (this.up.stalled || this.down.stalled) this.cut("silence")
    else if (this.up.delayMs > 0) this.cut("rst")
  }

  /** A silent connection hides the end of one side from the other; it can still be cut in another way. */
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

/** One direction of a connection. */
class Lane {
  /** How many bytes have passed. */
  passed = 0
  delayMs = 0
  target: Omit<Aim, "way"> | undefined
  stalled = false
  #ended = false
  /** Delayed events, oldest first. */
  readonly #underway: (() => void)[] = []
  /** When the newest of them is due. */
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

  /** Keeps the order also when the delay changes: each timer lets the oldest event arrive. */
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

  /** How many bytes of this chunk may pass before the target; more than its length if the target is not in it. */
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
