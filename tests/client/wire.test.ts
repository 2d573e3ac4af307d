import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { connect, type Tick } from "../../client/index.ts"
import { ClassicClient } from "../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { TcpRelay } from "../support/tcp-relay.ts"
import { until } from "../support/until.ts"
import { idOf, joined, next } from "./hearing.ts"

setDefaultTimeout(30_000)

let server: RunningDuet
let relay: TcpRelay

beforeAll(async () => {
  server = await startDuet({ LOG_LEVEL: "error", HEARTBEAT: "1", RESUME_WINDOW: "30" })
  relay = await TcpRelay.start(server.port)
})

afterAll(async () => {
  relay.stop()
  await server.stop()
})

test("two clients talk, and the ticks of a message are sent, delivered and seen", async () => {
  const [anna, bob] = await Promise.all([joined(server.url, "anna"), joined(server.url, "bob")])
  const ticks: Tick[] = []
  anna.on("tick", (tick) => ticks.push(tick))
  bob.on("message", (message) => bob.seen(message))
  const replyTo = "00000000-0000-7000-8000-000000000000"
  const said = await anna.say(await idOf(anna, "bob"), "hello", { replyTo })
  await until("it is seen", () => ticks.length === 3)
  expect(ticks.map(({ status }) => status)).toEqual(["sent", "delivered", "seen"])
  expect(bob.messages).toEqual([{ ...said, seq: 1, mine: false, peerId: String(anna.userId) }])
  expect(said).toMatchObject({ content: "hello", replyTo, mine: true })
  for (const each of [anna, bob]) each.close()
})

test("reactions, unsending, typing and a new name reach the other side", async () => {
  const [anna, bob] = await Promise.all([joined(server.url, "anna2"), joined(server.url, "bob2")])
  const said = await anna.say(await idOf(anna, "bob2"), "hello")
  const [reacted, typed] = [next(anna, "change"), next(anna, "typing")]
  await until("it came", () => bob.messages.length === 1)
  bob.react({ peerId: said.senderId, id: said.id }, "👍")
  bob.typing(said.senderId)
  expect(await reacted).toMatchObject({
    messageId: said.id,
    reactions: [{ userId: bob.userId, emoji: "👍" }],
  })
  expect(await typed).toEqual({ userId: String(bob.userId), isTyping: true })
  const taken = next(bob, "change", ({ unsent }) => unsent === true)
  anna.unsend(said)
  expect(await taken).toMatchObject({ messageId: said.id })
  const renamed = next(anna, "presence", ({ name }) => name === "Robert")
  bob.rename("Robert")
  expect(await renamed).toMatchObject({ id: bob.userId, status: "online" })
  for (const each of [anna, bob]) each.close()
})

for (const how of ["rst", "fin", "silence"] as const) {
  test(`messages said on both sides of a connection cut by ${how} arrive once and in order`, async () => {
    const anna = await joined(relay.url, `anna by ${how}`)
    const bob = await joined(server.url, `bob by ${how}`)
    const words = Array.from({ length: 20 }, (_, i) => String(i))
    const saying = words.flatMap((word) => {
      if (word === "5") relay.cutAll(how)
      return [anna.say(String(bob.userId), word), bob.say(String(anna.userId), word)]
    })
    await Promise.all(saying)
    await until("all came", () => anna.messages.length + bob.messages.length >= 80)
    for (const { messages } of [anna, bob]) {
      for (const mine of [true, false])
        expect(messages.filter((each) => each.mine === mine).map(({ content }) => content)).toEqual(words)
    }
    for (const each of [anna, bob]) each.close()
  })
}

test("a key brings the same user back in another program, with all that is held or only what is newer", async () => {
  const anna = await joined(server.url, "anna3")
  const bob = await joined(server.url, "bob3")
  await bob.say(String(anna.userId), "one")
  await until("it came", () => anna.seq === 1)
  anna.close()
  await bob.say(String(anna.userId), "two")
  const { key, userId, seq, epoch = "" } = anna
  for (const [options, contents] of [
    [{ key }, ["one", "two"]],
    [{ key, after: seq, epoch }, ["two"]],
  ] as const) {
    const again = connect({ url: server.url, name: "anna3", ...options })
    const heard: string[] = []
    again.on("message", ({ content }) => heard.push(content))
    expect(await again.ready).toMatchObject({ userId, resumed: true })
    await until("the replay is over", () => again.seq === 2)
    expect(heard).toEqual([...contents])
    again.close()
  }
  bob.close()
})

test("a user who leaves is gone at once, and what they had not acknowledged is undelivered", async () => {
  const anna = await joined(server.url, "anna4")
  const bob = await joined(server.url, "bob4")
  const id = String(bob.userId)
  bob.close()
  const said = await anna.say(id, "hello")
  const undelivered = next(anna, "tick")
  const leaver = connect({ url: server.url, key: bob.key })
  await leaver.leave()
  expect(await undelivered).toMatchObject({ messageId: said.id, status: "undelivered", reason: "left" })
  await expect(anna.say(id, "still there?")).rejects.toMatchObject({ code: "receiver_offline" })
  anna.close()
})

test("clients come back to a server that restarts, as the same users, and hear what was lost", async () => {
  const first = await startDuet({ LOG_LEVEL: "error" })
  const anna = await joined(first.url, "anna")
  const bob = await ClassicClient.join(first.url, "bob")
  const held = await anna.say(bob.id, "heard")
  await next(anna, "tick", ({ status }) => status === "delivered")
  const { userId } = anna
  const lost = next(anna, "lost")
  await first.stop()
  expect((await lost).code).toBe(1012)
  const opened = next(anna, "open")
  const ticks: Tick[] = []
  anna.on("tick", (tick) => ticks.push(tick))
  const second = await startDuet({ LOG_LEVEL: "error", PORT: String(first.port) })
  expect(await opened).toEqual({ userId: String(userId), name: "anna", resumed: false })
  expect(ticks.filter(({ messageId }) => messageId === held.id)).toEqual([])
  anna.close()
  await second.stop()
})

test("a burst over the rate arrives whole and in order without the program's help", async () => {
  const strict = await startDuet({ LOG_LEVEL: "error", MESSAGE_RATE: "50", MESSAGE_BURST: "5" })
  const [anna, bob] = await Promise.all([joined(strict.url, "anna"), joined(strict.url, "bob")])
  const words = Array.from({ length: 30 }, (_, i) => String(i))
  await Promise.all(words.map((word) => anna.say(String(bob.userId), word)))
  await until("all came", () => bob.messages.length === words.length)
  expect(bob.messages.map(({ content }) => content)).toEqual(words)
  for (const each of [anna, bob]) each.close()
  await strict.stop()
})

test("a name that the server refuses ends the client, with the server's words", async () => {
  const duet = connect({
    url: server.url,
    name: "much too long for a name, as far as this server is concerned",
  })
  await expect(duet.ready).rejects.toMatchObject({
    code: "bad_name",
    message: expect.stringContaining("at most 32"),
  })
})
