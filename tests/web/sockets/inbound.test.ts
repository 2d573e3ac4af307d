import { expect, test } from "bun:test"
import type { Command } from "../../../src/chat/session/session-message.ts"
import { fullVocabulary } from "../../../src/web/sockets/dialects/duet-v1.ts"
import type { SocketHub } from "../../../src/web/sockets/hub.ts"
import { Inbound, type Speaker } from "../../../src/web/sockets/inbound.ts"
import type { RateLimitRules } from "../../../src/web/sockets/rate-limit.ts"
import { type CloseReason, closings } from "../../../src/wire/close-codes.ts"
import type { ErrorDraft } from "../../../src/wire/duet-v1.ts"
import { createHub } from "./hub-stage.ts"

/** A socket that notes in words what becomes of its frames. */
class RecordingSpeaker implements Speaker {
  readonly vocabulary = fullVocabulary
  readonly done: string[] = []
  isRead = true
  inbound: Inbound | undefined

  constructor(readonly hub: SocketHub) {}

  tell(command: Command): boolean {
    this.done.push(command.type === "say" ? command.content : command.type)
    return true
  }
  acknowledge(seq: number): void {
    this.done.push(`ack ${seq}`)
  }
  error({ code }: ErrorDraft): void {
    this.done.push(code)
  }
  pong(): void {
    this.done.push("pong")
  }
  close(why: CloseReason): void {
    this.done.push(`${closings[why].code} ${closings[why].reason}`)
    this.inbound?.closed()
  }
  left(): void {
    this.done.push("left")
  }
  pause(): void {
    this.isRead = false
  }
  resume(): void {
    this.isRead = true
  }
}

function open(rules: Partial<RateLimitRules> = {}) {
  const stage = createHub(rules)
  const speaker = new RecordingSpeaker(stage.hub)
  const inbound = new Inbound(speaker, stage.hub.rateLimits.claim("anna"), speaker)
  speaker.inbound = inbound
  inbound.welcome(() => 100)
  return { ...stage, speaker, inbound }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
const ack = (seq: number) => JSON.stringify({ type: "ack", seq })
const ping = '{"type":"ping"}'
const ben = "00000000-0000-8000-8000-00000000000b"
const say = (content: string) => JSON.stringify({ type: "chat_message", receiver_id: ben, content })

test("acknowledgements of one turn are told once, as their highest", async () => {
  const { inbound, speaker } = open()
  for (const seq of [3, 9, 0, 7, 1]) inbound.received(ack(seq))
  expect(speaker.done).toEqual([])
  await turn()
  expect(speaker.done).toEqual(["ack 9"])
  inbound.received(ack(4))
  await turn()
  expect(speaker.done).toEqual(["ack 9", "ack 4"])
})

test("an acknowledgement above the newest number takes no other with it, and each is told", async () => {
  const { inbound, speaker } = open()
  for (const seq of [101, 5, 200, 100, 200]) inbound.received(ack(seq))
  await turn()
  expect(speaker.done).toEqual(["ack 101", "ack 200", "ack 200", "ack 100"])
})

test("an acknowledgement is told before what its client says after it, and before it goes", async () => {
  const { inbound, speaker } = open()
  inbound.received(ack(5))
  inbound.received('{"type":"leave"}')
  inbound.received(ack(6))
  inbound.closed()
  await turn()
  expect(speaker.done).toEqual(["ack 5", "leave", "ack 6", "left"])
})

const kinds: [string, string | Uint8Array][] = [
  ["a ping", ping],
  ["an acknowledgement", ack(0)],
  ["a message", say("hi")],
  ["a refused message", say(" ")],
  ["what is no JSON", "{{"],
  ["a binary frame", new Uint8Array(2)],
]
for (const [kind, frame] of kinds) {
  test(`${kind} is charged as a frame and in bytes`, () => {
    const byCount = open({ frameRate: 1, frameBurst: 1 })
    byCount.inbound.received(frame)
    expect(byCount.speaker.isRead).toBe(true)
    byCount.inbound.received(frame)
    expect(byCount.speaker.isRead).toBe(false)
    const bySize = open({ byteRate: 1, byteBurst: 1 })
    bySize.inbound.received(frame)
    expect(bySize.speaker.isRead).toBe(false)
  })
}

test("pings and pongs of the WebSocket itself are charged too", () => {
  const { hub, inbound, speaker } = open({ frameRate: 1, frameBurst: 1 })
  inbound.paid(new Uint8Array(0))
  inbound.paid(new Uint8Array(0))
  expect(speaker.isRead).toBe(false)
  expect(hub.handlers.ping).toBeDefined()
})

test("what was read before a pause is handled, in order, and only then more is read", async () => {
  const { inbound, speaker, advance } = open({ frameRate: 10, frameBurst: 2 })
  for (let i = 1; i <= 5; i++) inbound.received(say(`message ${i}`))
  inbound.received(ack(8))
  expect(speaker.done).toEqual(["message 1", "message 2", "message 3"])
  advance(1000)
  expect(speaker.isRead).toBe(false)
  await turn()
  await turn()
  expect(speaker.done).toEqual([...[1, 2, 3, 4, 5].map((i) => `message ${i}`), "ack 8"])
  advance(1000)
  await turn()
  expect(speaker.isRead).toBe(true)
})

test("of a crowd that may be read again one is read after the other", async () => {
  const first = open({ frameRate: 10, frameBurst: 1 })
  const speaker = new RecordingSpeaker(first.hub)
  const second = new Inbound(speaker, first.hub.rateLimits.claim("ben"), speaker)
  second.welcome(() => 0)
  for (const inbound of [first.inbound, second]) for (let i = 0; i < 2; i++) inbound.received(ping)
  first.advance(1000)
  await turn()
  expect([first.speaker.isRead, speaker.isRead]).toEqual([true, false])
  await turn()
  expect([first.speaker.isRead, speaker.isRead]).toEqual([true, true])
})

test("a socket whose reading cannot go on is closed with 1011, and those after it are read", async () => {
  const { hub, speaker, advance } = open({ frameRate: 10, frameBurst: 1 })
  const all = ["ben", "carl", "dora"].map((name) => {
    const speaker = new RecordingSpeaker(hub)
    const inbound = new Inbound(speaker, hub.rateLimits.claim(name), speaker)
    inbound.welcome(() => 0)
    for (let i = 0; i < 2; i++) inbound.received(ping)
    return speaker
  })
  const [broken] = all
  if (broken === undefined) throw new Error("nobody came")
  broken.resume = () => {
    throw new TypeError("the secret that was said")
  }
  advance(1000)
  for (let i = 0; i < 4; i++) await turn()
  expect(all.map(({ isRead }) => isRead)).toEqual([false, true, true])
  expect(broken.done.at(-1)).toStartWith("1011")
  expect(speaker.done).toEqual([])
  expect(hub.failures).toBe(1)
})

test("a socket with credit is read again, however much of others waits", async () => {
  const { hub, speaker, inbound, advance } = open({ frameRate: 10, frameBurst: 1 })
  for (let i = 0; i < 2; i++) inbound.received(ping)
  const busy = new RecordingSpeaker(hub)
  const flood = new Inbound(busy, hub.rateLimits.claim("ben"), busy)
  flood.welcome(() => 0)
  // Each takes all the time that a turn has for what was read ahead.
  busy.pong = () => {
    busy.done.push("pong")
    advance(1)
  }
  for (let i = 0; i < 1000; i++) flood.received(ping)
  while (!speaker.isRead && busy.done.length < 1000) await turn()
  expect(busy.done.length).toBeLessThan(500)
})

test("what was read before a close is handled before the session is left", async () => {
  const { inbound, speaker } = open({ frameRate: 10, frameBurst: 1 })
  for (let i = 1; i <= 4; i++) inbound.received(say(`message ${i}`))
  inbound.received(ack(8))
  inbound.closed()
  expect(speaker.done).not.toContain("left")
  await turn()
  await turn()
  expect(speaker.done).toEqual([...[1, 2, 3, 4].map((i) => `message ${i}`), "ack 8", "left"])
})

test("a flood is closed with 4429 after a minute, and a burst that ends is not", async () => {
  const flood = open({ frameRate: 10, frameBurst: 10 })
  const burst = open({ frameRate: 10, frameBurst: 10 })
  for (let i = 0; i < 5000; i++) burst.inbound.received(ping)
  let seconds = 0
  for (; seconds < 90 && !flood.speaker.done.includes("4429 too much for too long"); seconds++) {
    if (flood.speaker.isRead) for (let i = 0; i < 500; i++) flood.inbound.received(ping)
    await turn()
    for (const { advance } of [flood, burst]) advance(1000)
    await turn()
  }
  expect(seconds).toBe(61)
  while (!burst.speaker.isRead) {
    burst.advance(1000)
    await turn()
  }
  burst.inbound.received(ping)
  expect(burst.speaker.done.filter((each) => each !== "pong")).toEqual([])
  expect(burst.speaker.done).toHaveLength(5001)
})

test("acknowledgements and pings cost nothing of the message rate, and everything else does", async () => {
  const { inbound, speaker } = open({ messageRate: 1, messageBurst: 2 })
  for (let i = 0; i < 5; i++) inbound.received(ping)
  inbound.received(say("one"))
  inbound.received('{"type":"rename","name":"Ann"}')
  inbound.received('{"type":"status","status":"away"}')
  expect(speaker.done.slice(5)).toEqual(["one", "rename", "rate_limited"])
})

test("a socket that is not read is not taken for dead, and has two beats for a sign when it is read again", async () => {
  const { inbound, speaker, advance } = open({ frameRate: 1, frameBurst: 1 })
  for (let i = 0; i < 11; i++) inbound.received(ping)
  await turn()
  expect([inbound.beat(), inbound.beat(), inbound.beat()]).toEqual([true, true, true])
  advance(11_000)
  await turn()
  expect(speaker.isRead).toBe(true)
  expect([inbound.beat(), inbound.beat()]).toEqual([true, false])
})

test("what comes before the welcome is handled after it, and before what comes later", async () => {
  const stage = createHub()
  const speaker = new RecordingSpeaker(stage.hub)
  const inbound = new Inbound(speaker, stage.hub.rateLimits.claim("anna"), speaker)
  for (const each of [say("one"), ping]) inbound.received(each)
  await turn()
  expect(speaker.done).toEqual([])
  inbound.welcome(() => 100)
  inbound.received(say("two"))
  inbound.closed()
  await turn()
  expect(speaker.done).toEqual(["one", "pong", "two", "left"])
})
