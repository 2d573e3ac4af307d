import { afterEach, beforeEach, expect, test } from "bun:test"
import { connect, createServer, type Server, type Socket } from "node:net"
import { type Cut, type Link, TcpRelay } from "./tcp-relay.ts"

let server: Server
let relay: TcpRelay
const stops: (() => void)[] = []

beforeEach(async () => {
  server = createServer({ allowHalfOpen: true })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  relay = await TcpRelay.start(typeof address === "object" && address !== null ? address.port : 0)
})

afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  relay.stop()
  server.close()
})

/** One end of a connection, and what it has received. */
class End {
  heard = ""
  over: Cut | undefined
  #wakers: (() => void)[] = []

  constructor(readonly socket: Socket) {
    stops.push(() => socket.destroy())
    socket.on("data", (bytes) => this.#note(() => (this.heard += bytes)))
    socket.on("end", () => this.#note(() => (this.over ??= "fin")))
    socket.on("error", () => this.#note(() => (this.over ??= "rst")))
  }

  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise<void>((resolve) => this.#wakers.push(resolve))
  }

  #note(change: () => void): void {
    change()
    for (const wake of this.#wakers.splice(0)) wake()
  }
}

async function connected(): Promise<{ client: End; far: End; link: Link }> {
  const accepted = Promise.withResolvers<End>()
  const linked = Promise.withResolvers<Link>()
  server.once("connection", (socket) => accepted.resolve(new End(socket)))
  relay.onLink = (link) => linked.resolve(link)
  const client = new End(connect({ port: relay.port, host: "127.0.0.1", allowHalfOpen: true }))
  return { client, far: await accepted.promise, link: await linked.promise }
}

test("the relay passes bytes in both directions", async () => {
  const { client, far } = await connected()
  client.socket.write("hello")
  far.socket.write("you too")
  await Promise.all([far.until(() => far.heard === "hello"), client.until(() => client.heard === "you too")])
})

test("a stall holds back one direction until it flows again, and the other goes on", async () => {
  const { client, far, link } = await connected()
  link.stall("up")
  client.socket.write("held back")
  far.socket.write("passes")
  await client.until(() => client.heard === "passes")
  expect(far.heard).toBe("")
  link.flow()
  await far.until(() => far.heard === "held back")
})

test("delayed bytes come later and in order, also when the delay ends meanwhile", async () => {
  const { client, far, link } = await connected()
  const began = performance.now()
  link.delay(40)
  client.socket.write("first ")
  await relayed(link, "up")
  link.delay(0)
  client.socket.write("second")
  await far.until(() => far.heard !== "")
  expect(performance.now() - began).toBeGreaterThan(30)
  await far.until(() => far.heard === "first second")
})

test.each<Cut>(["rst", "fin"])("a cut by %s ends both sides so", async (how) => {
  const { client, far, link } = await connected()
  client.socket.write("before")
  await far.until(() => far.heard === "before")
  link.cut(how)
  await Promise.all([client.until(() => client.over === how), far.until(() => far.over === how)])
})

test("a silent connection passes nothing, not even the other side's end, until it is cut in another way", async () => {
  const { client, far, link } = await connected()
  link.cut("silence")
  client.socket.write("into the void")
  far.socket.end("and back")
  link.flow()
  const other = await connected()
  other.client.socket.write("meanwhile")
  await other.far.until(() => other.far.heard === "meanwhile")
  expect([client.heard, client.over, far.heard, far.over]).toEqual(["", undefined, "", undefined])
  link.cut("rst")
  await client.until(() => client.over === "rst")
  expect([client.heard, far.heard]).toEqual(["", ""])
})

test("an aimed cut comes at its byte: exactly the bytes before it pass", async () => {
  const { client, far, link } = await connected()
  link.aim({ way: "up", from: "frames", bytes: 3, how: "stall" })
  client.socket.write("GET / HTTP/1.1\r\n\r\nabcdef")
  await far.until(() => far.heard.endsWith("abc"))
  far.socket.write("still heard")
  await client.until(() => client.heard === "still heard")
  expect(far.heard).toBe("GET / HTTP/1.1\r\n\r\nabc")
  link.flow()
  await far.until(() => far.heard.endsWith("abcdef"))
})

/** Resolves once the relay has received bytes in that direction. */
async function relayed(link: Link, way: "up" | "down"): Promise<void> {
  await new Promise<void>((resolve) => link[way].from.once("data", () => resolve()))
}
