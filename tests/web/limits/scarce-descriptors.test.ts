import { afterEach, expect, test } from "bun:test"
import { readdir } from "node:fs/promises"
import { connect, type Socket } from "node:net"
import { ClassicClient } from "../../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { until } from "../../support/until.ts"

let duet: RunningDuet | undefined
const held: Socket[] = []

afterEach(async () => {
  for (const socket of held.splice(0)) socket.destroy()
  await duet?.kill()
})

/** A server that may open 64 descriptors, and whose store is up. */
async function start(): Promise<RunningDuet> {
  const running = await startDuet({ LOG_LEVEL: "info" }, { descriptors: 64 })
  duet = running
  await until("the store is up", () => running.output().includes("presence reaches the store"))
  return running
}

test("sockets leave descriptors free: newcomers get 503, and open sockets go on", async () => {
  const running = await start()
  const anna = await ClassicClient.join(running.url, "anna")
  let refused: Response | undefined
  while (refused === undefined && held.length < 64) {
    const answer = await handshakeByHand(running)
    if (answer.startsWith("HTTP/1.1 101")) continue
    expect(answer).toContain("503")
    expect(answer.toLowerCase()).toContain("retry-after")
    expect(answer).toContain('"overloaded"')
    refused = await fetch(`${running.url}/users`)
  }
  expect(refused?.status).toBe(200)
  expect(held.length).toBeGreaterThan(20)
  anna.say("nobody", "still here")
  await anna.error("receiver_offline")
  for (const socket of held.splice(0)) socket.destroy()
  await anna.until(() => anna.listed.length === 1)
  await until("there is room again", async () => (await handshakeByHand(running)).startsWith("HTTP/1.1 101"))
})

/** Opens a socket that stays open; resolves with the head of the response. */
function handshakeByHand({ port }: RunningDuet): Promise<string> {
  const lines = [
    "GET /ws/x HTTP/1.1",
    "Host: 127.0.0.1",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ]
  const tcp = hold(port, `${lines.join("\r\n")}\r\n\r\n`)
  return new Promise((resolve) => tcp.once("data", (bytes) => resolve(bytes.toString("latin1"))))
}

/** Opens a connection that sends these bytes and stays open. */
function hold(port: number, bytes: string): Socket {
  const tcp = connect(port, "127.0.0.1")
  tcp.on("error", () => {})
  tcp.write(bytes)
  held.push(tcp)
  return tcp
}

test("while descriptors are scarce a response ends its connection", async () => {
  const running = await start()
  const page = await fetch(running.url, { headers: { accept: "text/html" } })
  expect(page.headers.get("connection")).not.toBe("close")
  const asset = /\/assets\/[0-9a-f]+\/[^"]+/.exec(await page.text())?.[0] ?? ""
  const left = await until("descriptors are counted", async () => 64 - (await openIn(running.pid)))
  // Leaves fewer than twice the reserve of 8 free, and more than the reserve.
  for (let i = 0; i < left - 12; i++) hold(running.port, "GET / HTTP/1.1\r\nHost: x\r\nX: ")
  for (const path of ["/", "/users", "/nothing", "/health/live", asset, "/ws"]) {
    await until(`${path} ends its connection`, async () => {
      const answer = await fetch(running.url + path)
      await answer.arrayBuffer()
      return answer.headers.get("connection") === "close"
    })
  }
}, 30_000)

/** How many descriptors a process has open. */
async function openIn(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length
}

test("connections with half a request neither make the server spin nor end it, and are closed after a while", async () => {
  const running = await start()
  const anna = await ClassicClient.join(running.url, "anna")
  for (let i = 0; i < 104; i++) hold(running.port, "GET / HTTP/1.1\r\nHost: x\r\nX: ")
  await until("descriptors run out", () => running.output().includes("descriptors run out"))
  if (process.platform === "linux")
    expect(running.output()).toMatch(/limit=64 most_from=127\.0\.0\.1 connections=[3-6]\d/)
  // The port is closed: the kernel refuses connections, and no `accept` can fail.
  await until("the port is shut", () => refuses(running.port))
  anna.say("nobody", "still here")
  await anna.error("receiver_offline")
  // The test closes none of them: the server does.
  await until("the server ends them", () => running.output().includes("descriptors are free again"), 30_000)
  const ben = await ClassicClient.join(running.url, "ben")
  await anna.until(() => anna.listed.includes("ben"))
  anna.say(ben.id, "hello")
  await ben.until(() => ben.contents.includes("hello"))
}, 60_000)

function refuses(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const tcp = connect(port, "127.0.0.1")
    tcp.on("error", () => resolve(true))
    tcp.on("connect", () => {
      tcp.destroy()
      resolve(false)
    })
  })
}
