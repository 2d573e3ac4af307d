import { afterAll, beforeAll, expect, test } from "bun:test"
import { createHash } from "node:crypto"
import { ClassicClient, type Frame } from "../../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { V1Client, type V1Options } from "../../support/v1-client.ts"

let duet: RunningDuet
const clients: ClassicClient[] = []

beforeAll(async () => {
  duet = await startDuet({ LEAVE_GRACE: "1", RESUME_WINDOW: "3", LOG_LEVEL: "error" })
})

afterAll(async () => {
  for (const client of clients) client.close()
  await duet.stop()
})

async function join(name: string, options: V1Options = {}): Promise<V1Client> {
  const client = await V1Client.join(duet.url, name, options)
  clients.push(client)
  return client
}

/** The id of a message that nobody holds. */
const answered = "00000000-0000-7000-8000-000000000000"

const isA = (type: string) => (frame: Frame) => frame.type === type

test("who brings no key gets one, once, and its id follows from it", async () => {
  const anna = await join("anna")
  const key = anna.session.key ?? ""
  expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/)
  const bytes = createHash("sha256").update(Buffer.from(key, "base64url")).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  expect(anna.id.replaceAll("-", "")).toBe(bytes.toString("hex"))
  const again = await join("anna", { key })
  expect(again.id).toBe(anna.id)
  expect(again.session).toEqual({ resumed: true, seq: 0, epoch: anna.session.epoch })
  expect(anna.session.epoch).toMatch(/^.{1,32}$/)
})

test("the first frame tells the session and the limits", async () => {
  const anna = await join("anna")
  expect(anna.socket.protocol).toBe("duet.v1")
  expect(anna.frames[0]).toEqual({
    type: "connection_established",
    user_id: anna.id,
    name: "anna",
    session: {
      key: expect.any(String),
      resumed: false,
      seq: 0,
      epoch: expect.any(String),
      window_seconds: 3,
    },
    limits: {
      content_characters: 4000,
      frame_bytes: 65536,
      messages_per_second: 10,
      burst: 100,
      heartbeat_seconds: 25,
    },
  })
})

test.each(["short", "x".repeat(44), `${"A".repeat(42)}B`, "*".repeat(43)])(
  "a key of another form is refused before the upgrade with 400: %s",
  async (key) => {
    const answer = await fetch(`${duet.url}/ws/anna`, {
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-protocol": `duet.v1, duet.key.${key}`,
      },
    })
    expect(answer.status).toBe(400)
  },
)

test("messages are numbered, and the sender's copies carry the client_id", async () => {
  const [anna, ben] = [await join("anna"), await join("ben")]
  anna.send({
    type: "chat_message",
    receiver_id: ben.id,
    content: "hi",
    client_id: "c 1",
    reply_to: answered,
  })
  const [echo, copy] = [await anna.next(isA("chat_message")), await ben.next(isA("chat_message"))]
  expect(echo).toEqual({ type: "chat_message", seq: 1, client_id: "c 1", message: copy.message })
  expect(copy).toMatchObject({ seq: 1, message: { content: "hi", reply_to: answered } })
  expect(copy).not.toHaveProperty("client_id")
})

test("a classic client is told nothing but the classic fields", async () => {
  const anna = await join("anna")
  const ben = await ClassicClient.join(duet.url, "ben")
  clients.push(ben)
  anna.send({ type: "chat_message", receiver_id: ben.id, content: "hi", client_id: "c", reply_to: answered })
  const { message } = await ben.next(isA("chat_message"))
  expect(Object.keys(Object(message)).sort()).toEqual([
    "content",
    "id",
    "receiver_id",
    "sender_id",
    "timestamp",
  ])
  await anna.next(({ type, status }) => type === "message_status" && status === "delivered")
})

test("delivered is said when the receiver's client acknowledged, seen when it says so", async () => {
  const [anna, ben] = [await join("anna"), await join("ben")]
  anna.say(ben.id, "one")
  await ben.next(isA("chat_message"))
  const message_id = ben.idOf("one")
  ben.send({ type: "ping" })
  await ben.next(isA("pong"))
  expect(anna.frames.some(isA("message_status"))).toBe(false)
  ben.send({ type: "ack", seq: 1 })
  const delivered = await anna.next(isA("message_status"))
  expect(delivered).toEqual({ type: "message_status", peer_id: ben.id, message_id, status: "delivered" })
  ben.send({ type: "seen", peer_id: anna.id, message_id })
  const seen = await anna.next(({ status }) => status === "seen")
  expect(seen).toEqual({ type: "message_status", peer_id: ben.id, message_id, status: "seen" })
})

test("after a lost socket a client gets what it lacks, then the statuses, then what is live", async () => {
  const [anna, ben] = [await join("anna"), await join("ben")]
  const key = anna.session.key ?? ""
  anna.say(ben.id, "before")
  await ben.next(isA("chat_message"))
  ben.send({ type: "ack", seq: 1 })
  await anna.next(({ status }) => status === "delivered")
  anna.close()
  for (const content of ["meanwhile 1", "meanwhile 2"]) ben.say(anna.id, content)
  await ben.until(() => ben.contents.length === 3)
  const back = await join("anna", { key, cursor: anna.at(1) })
  expect(back.session).toEqual({ resumed: true, seq: 3, epoch: anna.session.epoch })
  ben.say(anna.id, "after")
  await back.until(() => back.contents.includes("after"))
  expect(back.contents).toEqual(["meanwhile 1", "meanwhile 2", "after"])
  const order = back.frames.map(({ type }) => type)
  expect(order.indexOf("message_status")).toBeGreaterThan(order.lastIndexOf("chat_message", 3))
  expect(back.frames.map(({ seq }) => seq).filter(Number.isInteger)).toEqual([2, 3, 4])
})

test("after the window the user is new, and the sender hears what was lost", async () => {
  const [anna, ben] = [await join("anna"), await join("ben")]
  const key = anna.session.key ?? ""
  anna.close()
  ben.send({ type: "chat_message", receiver_id: anna.id, content: "lost", client_id: "c1" })
  await ben.next(isA("chat_message"))
  const status = await ben.next(({ status }) => status === "undelivered")
  expect(status).toMatchObject({ peer_id: anna.id, message_id: ben.idOf("lost"), reason: "left" })
  ben.say(anna.id, "too late")
  await ben.error("receiver_offline")
  const back = await join("anna", { key, cursor: anna.at(5) })
  expect(back.session.resumed).toBe(false)
  expect(back.id).toBe(anna.id)
})

test("typing, reactions and taking back reach the other side", async () => {
  const [anna, ben] = [await join("anna"), await join("ben")]
  anna.say(ben.id, "secret")
  await ben.next(isA("chat_message"))
  const message_id = ben.idOf("secret")
  ben.send({ type: "typing", receiver_id: anna.id, is_typing: true })
  expect(await anna.next(isA("typing"))).toEqual({ type: "typing", user_id: ben.id, is_typing: true })
  ben.send({ type: "react", peer_id: anna.id, message_id, emoji: "👍" })
  const reacted = await anna.next(isA("message_changed"))
  expect(reacted).toEqual({
    type: "message_changed",
    peer_id: ben.id,
    message_id,
    reactions: [{ user_id: ben.id, emoji: "👍" }],
  })
  ben.send({ type: "react", peer_id: anna.id, message_id, emoji: null })
  await anna.next(({ reactions }) => Array.isArray(reactions) && reactions.length === 0)
  anna.send({ type: "unsend", peer_id: ben.id, message_id })
  const unsent = await ben.next(({ unsent }) => unsent === true)
  expect(unsent).toEqual({ type: "message_changed", peer_id: anna.id, message_id, unsent: true })
  const again = await join("ben", { key: ben.session.key ?? "" })
  const held = await again.next(isA("chat_message"))
  expect(held).toMatchObject({ message: { id: message_id, content: "" } })
  await again.next(({ unsent }) => unsent === true)
})

test("only one's own message can be taken back, and only a held one reacted to", async () => {
  const [anna, ben] = [await join("anna"), await join("ben")]
  anna.say(ben.id, "mine")
  await ben.next(isA("chat_message"))
  ben.send({ type: "unsend", peer_id: anna.id, message_id: ben.idOf("mine") })
  ben.send({ type: "react", peer_id: anna.id, message_id: answered, emoji: "👍" })
  await ben.until(() => ben.frames.filter(({ code }) => code === "bad_frame").length === 2)
})

const wrongIds: [string, Frame][] = [
  ["receiver_id", { type: "chat_message", receiver_id: "nobody", content: "hi" }],
  ["reply_to", { type: "chat_message", receiver_id: answered, content: "hi", reply_to: "m0" }],
  ["peer_id", { type: "seen", peer_id: "anna", message_id: answered }],
  ["message_id", { type: "seen", peer_id: answered, message_id: "x".repeat(36) }],
  ["receiver_id", { type: "typing", receiver_id: answered.slice(1), is_typing: true }],
  ["message_id", { type: "react", peer_id: answered, message_id: `${answered}0`, emoji: "👍" }],
  ["peer_id", { type: "unsend", peer_id: answered.replaceAll("-", ""), message_id: answered }],
  ["user_ids", { type: "watch", user_ids: [answered, "eve"] }],
  ["user_ids", { type: "unwatch", user_ids: [answered.replace("7", "X")] }],
  ["user_id", { type: "block", user_id: answered.replace("8", "F") }],
  ["user_id", { type: "unblock", user_id: "" }],
]

test("an id of another form is a bad frame that names its field (C61)", async () => {
  for (const [field, frame] of wrongIds) {
    const anna = await join("anna")
    anna.send(frame)
    const { message } = await anna.error("bad_frame")
    expect([field, message]).toEqual([field, expect.stringContaining(`\`${field}`)])
  }
})

test("a reaction is one emoji of the standard, and anything else a bad frame that names it (C60)", async () => {
  const [anna, ben] = [await join("anna"), await join("ben")]
  anna.say(ben.id, "react")
  await ben.next(isA("chat_message"))
  const react = (emoji: unknown) =>
    ben.send({ type: "react", peer_id: anna.id, message_id: ben.idOf("react"), emoji })
  for (const emoji of ["👍", "👩🏽‍❤️‍💋‍👨🏿", "1️⃣", "🇩🇪", "❤️"]) {
    react(emoji)
    await anna.next(({ reactions }) => JSON.stringify(reactions)?.includes(emoji) === true)
  }
  for (const emoji of ["pay me at evil.example", "   ", "\u202Egnorw", "\0"]) react(emoji)
  await ben.until(() => ben.frames.filter(({ code }) => code === "bad_frame").length === 4)
  for (const emoji of ["👍👍👍", "❤", "", 7]) react(emoji)
  await ben.until(() => ben.frames.filter(({ code }) => code === "bad_frame").length === 8)
  for (const { message } of ben.frames.filter(({ code }) => code === "bad_frame"))
    expect(message).toContain("`emoji`")
})
