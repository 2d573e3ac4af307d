import { afterEach, expect, test } from "bun:test"
import { ClassicClient } from "../../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { RawSocket } from "../../support/raw-socket.ts"

let duet: RunningDuet | undefined

afterEach(async () => {
  await duet?.stop()
})

async function start(env: Record<string, string>): Promise<RunningDuet> {
  duet = await startDuet({ LOG_LEVEL: "error", ...env })
  return duet
}

async function pair(url: string): Promise<[ClassicClient, ClassicClient]> {
  return [await ClassicClient.join(url, "anna"), await ClassicClient.join(url, "ben")]
}

test("beyond the burst a message is refused as rate_limited, with when to try again, and is not sent", async () => {
  const { url } = await start({ MESSAGE_RATE: "1", MESSAGE_BURST: "3" })
  const [anna, ben] = await pair(url)
  for (let i = 1; i <= 4; i++) anna.say(ben.id, `message ${i}`)
  const error = await anna.error("rate_limited")
  expect(error.receiver_id).toBe(ben.id)
  expect(Number(error.retry_after_ms)).toBeGreaterThan(0)
  expect(Number(error.retry_after_ms)).toBeLessThanOrEqual(1000)
  await Bun.sleep(Number(error.retry_after_ms))
  anna.say(ben.id, "later")
  await ben.until(() => ben.contents.includes("later"))
  expect(ben.contents).toEqual(["message 1", "message 2", "message 3", "later"])
})

test("a socket over its byte rate is not read until it has credit again, and none of its frames is lost", async () => {
  const { url } = await start({ BYTE_RATE: "2000", BYTE_BURST: "1000" })
  const [anna, ben] = await pair(url)
  const words = [1, 2, 3, 4].map((i) => `${i}`.repeat(900))
  const began = performance.now()
  for (const [i, word] of words.entries()) {
    anna.say(ben.id, word)
    await ben.until(() => ben.contents.length > i)
  }
  expect(performance.now() - began).toBeGreaterThan(900)
  expect(ben.contents).toEqual(words)
  expect(anna.frames.some(({ type }) => type === "error")).toBe(false)
})

test("a burst over the frame rate is read whole and in order, however often it pauses its socket", async () => {
  const { url } = await start({ FRAME_RATE: "500", FRAME_BURST: "10", MESSAGE_RATE: "0" })
  const [anna, ben] = await pair(url)
  const words = Array.from({ length: 500 }, (_, i) => `message ${i}`)
  for (const word of words) anna.say(ben.id, word)
  await ben.until(() => ben.contents.length === words.length)
  expect(ben.contents).toEqual(words)
  anna.say(ben.id, "calm again")
  await ben.until(() => ben.contents.includes("calm again"))
  expect(anna.frames.some(({ type }) => type === "error")).toBe(false)
})

test("pings of the WebSocket itself are frames like any other", async () => {
  const { port } = await start({ FRAME_RATE: "1", FRAME_BURST: "5" })
  const raw = await RawSocket.open(port, "/ws/anna")
  const closed = new Promise((resolve) => raw.tcp.once("close", resolve))
  const pongs = raw.until((bytes) => bytes.includes(pongFrame))
  raw.tcp.write(Buffer.concat(Array(6).fill(pingFrame)))
  await pongs
  const began = performance.now()
  const refused = raw.until((bytes) => bytes.includes("bad_json"))
  raw.text("{")
  await refused
  expect(performance.now() - began).toBeGreaterThan(500)
  raw.destroy()
  await closed
})

test("frames for a paused socket wait with their sender", async () => {
  const { url, port, pid } = await start({})
  const [anna, ben] = await pair(url)
  const raw = await RawSocket.open(port, "/ws/pourer")
  const before = await residentBytes(pid)
  const piece = RawSocket.frame(
    JSON.stringify({ type: "chat_message", receiver_id: "nobody", content: "x".repeat(60_000) }),
  )
  for (let i = 0; i < 500; i++) {
    raw.tcp.write(piece)
    if (i % 25 !== 0) continue
    anna.say(ben.id, `word ${i}`)
    await ben.until(() => ben.contents.includes(`word ${i}`))
  }
  expect(raw.tcp.writableLength).toBeGreaterThan(500 * piece.length - 16_000_000)
  expect((await residentBytes(pid)) - before).toBeLessThan(40_000_000)
  raw.destroy()
})

test("the server notices the end of a paused socket's other side", async () => {
  const { url, port } = await start({ FRAME_RATE: "1", FRAME_BURST: "1" })
  const ben = await ClassicClient.join(url, "ben")
  for (const end of ["end", "resetAndDestroy"] as const) {
    const raw = await RawSocket.open(port, "/ws/anna")
    await ben.until(() => ben.listed.includes("anna"))
    for (let i = 0; i < 3; i++) raw.text("{}")
    await raw.until((bytes) => bytes.includes("bad_frame"))
    raw.tcp[end]()
    await ben.until(() => !ben.listed.includes("anna"))
  }
})

test("one user's flood is limited for that user alone (C6)", async () => {
  const { url } = await start({ MESSAGE_RATE: "1", MESSAGE_BURST: "2" })
  const [anna, ben] = await pair(url)
  for (let i = 0; i < 5; i++) anna.say(ben.id, "flood")
  await anna.error("rate_limited")
  ben.say(anna.id, "calm")
  await anna.until(() => anna.contents.includes("calm"))
})

test("0 turns a rate off", async () => {
  const { url } = await start({ MESSAGE_RATE: "0", BYTE_RATE: "0", FRAME_RATE: "0" })
  const [anna, ben] = await pair(url)
  for (let i = 0; i < 500; i++) anna.say(ben.id, `message ${i}`)
  await ben.until(() => ben.contents.length === 500)
  expect(anna.frames.some(({ type }) => type === "error")).toBe(false)
})

test("the limits on content and frames follow their settings", async () => {
  const { url } = await start({ CONTENT_LIMIT: "5", FRAME_LIMIT: "1000" })
  const [anna, ben] = await pair(url)
  anna.say(ben.id, "👍👍👍👍👍")
  await ben.until(() => ben.contents.length === 1)
  anna.say(ben.id, "123456")
  await anna.error("too_long")
  anna.send("x".repeat(1001))
  expect((await anna.closed.promise).code).toBe(1009)
})

test("a reader who is too slow is dropped, and the sender hears which messages did not arrive (C3)", async () => {
  const running = await start({
    OUTBOUND_LIMIT: "65536",
    CONTENT_LIMIT: "0",
    MESSAGE_RATE: "0",
    BYTE_RATE: "0",
  })
  const anna = await ClassicClient.join(running.url, "anna")
  const slow = await RawSocket.open(running.port, "/ws/slow")
  await anna.until(() => anna.listed.includes("slow"))
  slow.stall()
  const list = anna.frames.findLast(({ type }) => type === "user_list_update")?.users
  const id = Array.isArray(list) ? String(list.find(({ name }) => name === "slow").id) : ""
  const big = "z".repeat(60_000)
  let sent = 0
  while (anna.listed.includes("slow") && sent < 1000) {
    anna.say(id, big)
    await anna.until(() => anna.contents.length > sent || anna.frames.at(-1)?.type === "error")
    sent++
  }
  await anna.error("undelivered")
  const undelivered = anna.frames.filter(({ code }) => code === "undelivered")
  expect(undelivered.every(({ receiver_id, message_id }) => receiver_id === id && message_id)).toBe(true)
  slow.destroy()
})

test("a newcomer beyond MAX_USERS is refused before the upgrade with 503", async () => {
  const { url } = await start({ MAX_USERS: "1" })
  await ClassicClient.join(url, "first")
  const answer = await fetch(`${url}/ws/second`, { headers: { upgrade: "websocket", connection: "Upgrade" } })
  expect(answer.status).toBe(503)
})

test("an address behind a trusted proxy that connects too often is refused with 429", async () => {
  const { url } = await start({ TRUST_PROXY: "1", CONNECT_RATE: "1", CONNECT_BURST: "2" })
  const knock = async (address: string) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/ws/x`, {
      headers: { "x-forwarded-for": address },
    })
    return new Promise<boolean>((resolve) => {
      socket.onopen = () => resolve(true)
      socket.onerror = () => resolve(false)
    })
  }
  expect([await knock("203.0.113.5"), await knock("203.0.113.5"), await knock("203.0.113.5")]).toEqual([
    true,
    true,
    false,
  ])
  expect(await knock("203.0.113.6")).toBe(true)
  expect([await knock("10.0.0.1"), await knock("10.0.0.1"), await knock("10.0.0.1")]).toEqual([
    true,
    true,
    true,
  ])
})

test("a refused message costs of the rate as well", async () => {
  const { url } = await start({ MESSAGE_RATE: "1", MESSAGE_BURST: "3" })
  const [anna, ben] = await pair(url)
  for (let i = 0; i < 10; i++) anna.say(ben.id, " ")
  await anna.until(() => anna.frames.filter(({ type }) => type === "error").length === 10)
  expect(anna.frames.filter(({ code }) => code === "empty")).toHaveLength(3)
  expect(anna.frames.filter(({ code }) => code === "rate_limited")).toHaveLength(7)
})

test("0 turns the bound of a mailbox off", async () => {
  const { url } = await start({ MAILBOX_LIMIT: "0", MESSAGE_RATE: "0", CONTENT_LIMIT: "0" })
  const [anna, ben] = await pair(url)
  for (let i = 0; i < 200; i++) anna.say(ben.id, `message ${i}`)
  anna.say(ben.id, "x".repeat(5000))
  await ben.until(() => ben.contents.length === 201)
})

test("only allowed origins may connect", async () => {
  const { url } = await start({ ALLOWED_ORIGINS: "https://friend.example, https://other.example" })
  const knock = (origin: string) =>
    new Promise<boolean>((resolve) => {
      const socket = new WebSocket(`${url.replace("http", "ws")}/ws/x`, { headers: { origin } })
      socket.onopen = () => resolve(true)
      socket.onerror = () => resolve(false)
    })
  expect(await knock("https://other.example")).toBe(true)
  expect(await knock("https://another.example")).toBe(false)
})

test("a receiver who closes by the protocol has received all: no sender hears undelivered", async () => {
  const { url } = await start({})
  const [anna, ben] = await pair(url)
  for (let i = 0; i < 20; i++) {
    const cleo = await ClassicClient.join(url, "cleo")
    anna.say(cleo.id, `message ${i}`)
    await cleo.until(() => cleo.contents.length === 1)
    cleo.close()
  }
  ben.say(anna.id, "done")
  await anna.until(() => !anna.listed.includes("cleo") && anna.contents.includes("done"))
  expect(anna.frames.filter(({ code }) => code === "undelivered")).toEqual([])
})

/** An empty ping, masked as a client's frames must be. */
const pingFrame = Buffer.from([0x89, 0x80, 0, 0, 0, 0])
const pongFrame = Buffer.from([0x8a, 0])

async function residentBytes(pid: number): Promise<number> {
  const status = await Bun.file(`/proc/${pid}/status`).text()
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}
