import { afterEach, expect, test } from "bun:test"
import { connect } from "node:net"
import { Descriptors } from "../../src/web/limits/descriptors.ts"
import { Listener } from "../../src/web/listener.ts"
import type { Socket } from "../../src/web/sockets/socket.ts"
import { until } from "../support/until.ts"

const ending: (() => void)[] = []

afterEach(() => {
  for (const end of ending.splice(0)) end()
})

/** A listener whose sockets all subscribe to one topic, with the given number of free descriptors. */
function listen() {
  const state = { free: 1000, log: [] as string[] }
  const listener: Listener = new Listener(new Descriptors(1000, () => state.free), () => undefined)
  const serve = (port: number) => {
    const server = Bun.serve<Socket>({
      port,
      hostname: "127.0.0.1",
      fetch(request) {
        const data = {} as Socket
        return listener.upgrade(request, { data, headers: {} })
          ? undefined
          : new Response("no", { status: 400 })
      },
      websocket: { open: (ws) => void ws.subscribe("all"), message() {} },
    })
    ending.push(() => void server.stop(true))
    return server
  }
  const port = listener.open({ port: 0, serve, log: (_, message) => state.log.push(message) })
  ending.push(() => listener.stop())
  return { listener, port, state }
}

async function hear(port: number): Promise<string[]> {
  const heard: string[] = []
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  socket.onmessage = ({ data }) => heard.push(String(data))
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  ending.push(() => socket.close())
  return heard
}

test("the port is closed while descriptors run out, and opens again when some are free", async () => {
  const { port, state } = listen()
  await hear(port)
  state.free = 1
  await until("shut", () =>
    hear(port)
      .then(() => false)
      .catch(() => true),
  )
  state.free = 40
  await until("a look that finds too few", () => state.log.some((line) => line.includes("run out")))
  await expect(hear(port)).rejects.toBeDefined()
  state.free = 1000
  await until("open", () =>
    hear(port)
      .then(() => true)
      .catch(() => false),
  )
  expect(state.log).toEqual([
    "descriptors run out: nobody can connect until some are free (see ulimit -n)",
    "descriptors are free again: people can connect",
  ])
})

test("publishing reaches sockets from before and after the port was closed", async () => {
  const { listener, port, state } = listen()
  const before = await hear(port)
  state.free = 1
  await until("shut", () => state.log.length === 1)
  expect(listener.subscriberCount("all")).toBe(1)
  state.free = 1000
  await until("open", () => state.log.length === 2)
  const after = await hear(port)
  expect(listener.subscriberCount("all")).toBe(2)
  listener.publish("all", "hello", false)
  await until("both have it", () => before.length === 1 && after.length === 1)
})

test("a handshake that began before the port was closed finishes after it opened again", async () => {
  const { listener, port, state } = listen()
  const tcp = connect(port, "127.0.0.1")
  ending.push(() => tcp.destroy())
  let answer = ""
  tcp.on("data", (bytes) => {
    answer += bytes.toString("latin1")
  })
  tcp.write(
    "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n",
  )
  await hear(port)
  state.free = 1
  await until("shut", () => state.log.length === 1)
  state.free = 1000
  await until("open", () => state.log.length === 2)
  tcp.write("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
  await until("the upgrade", () => answer.startsWith("HTTP/1.1 101"))
  listener.publish("all", "hello", false)
  await until("the frame", () => answer.includes("hello"))
})
