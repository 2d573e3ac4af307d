import { expect, test } from "bun:test"
import type { ServerWebSocket } from "bun"
import { tickMs } from "../../src/chat/presence.ts"
import { classic } from "../../src/web/dialect/classic.ts"
import { duetV1 } from "../../src/web/dialect/duet-v1.ts"
import { page } from "../../src/web/dialect/page.ts"
import { Socket } from "../../src/web/socket.ts"
import { Topics } from "../../src/web/topics.ts"
import { createStage, type RecordingOutlet } from "../support/stage.ts"
import { createHub } from "./hub-stage.ts"

const outbound = 262_144
/** As long as a name can be made, and longer than one may be. */
const longName = "ᄀ".repeat(500)
const limits = {
  content_characters: 1,
  frame_bytes: 1,
  messages_per_second: 1,
  burst: 1,
  heartbeat_seconds: 1,
}
const v1 = duetV1({ window_seconds: 1, limits })

type Stage = ReturnType<typeof createStage>

/** The far end of a socket that takes nothing until it is told to, and knows how much has waited for it. */
class SlowWire {
  readonly frames: string[] = []
  readonly topics = new Set<string>()
  buffered = 0
  most = 0

  send(frame: string): number {
    this.frames.push(frame)
    this.buffered += Buffer.byteLength(frame)
    this.most = Math.max(this.most, this.buffered)
    return -1
  }

  subscribe(topic: string): void {
    this.topics.add(topic)
  }

  unsubscribe(topic: string): void {
    this.topics.delete(topic)
  }

  getBufferedAmount(): number {
    return this.buffered
  }

  pause(): void {}
  resume(): void {}

  count(part: string): number {
    return this.frames.filter((frame) => frame.includes(part)).length
  }
}

test("no strangers, whatever they say or are called, keep out a slow reader (C24)", () => {
  for (const [encoding, presence, reactions] of [
    [page, '"event":"presence"', '"event":"reactions"'],
    [v1, '"type":"presence"', '"reactions":['],
  ] as const) {
    const stage = createStage()
    const anna = stage.join("anna")
    for (let n = 0; n < 100; n++) befriend(stage, anna, `${n} ${longName}`)
    const topics = new Topics(encoding, { publish: () => 0, subscriberCount: () => 0 }, outbound)
    const { wire, socket } = connect(stage, anna.id, topics)
    for (let drains = 0; !wire.topics.has(`people:${encoding.name}`); drains++) {
      wire.buffered = 0
      socket.drained()
      stage.flush()
      topics.first({ members: stage.directory.latest(200), total: 101, version: 1 })
      expect(drains).toBeLessThan(100)
    }
    expect(wire.most).toBeLessThan(outbound * 0.7)
    expect(wire.count(presence)).toBe(100)
    expect(wire.count(reactions)).toBe(400)
  }
})

test("a first list waits until what came before it has gone, and is not sent twice (C24)", () => {
  const stage = createStage()
  const anna = stage.join("anna")
  const topics = new Topics(classic, { publish: () => 0, subscriberCount: () => 0 }, outbound)
  const { wire, socket } = connect(stage, anna.id, topics)
  const list = { members: stage.directory.latest(200), total: 1, version: 1 }
  wire.buffered = 1
  topics.first(list)
  expect(wire.count("user_list_update")).toBe(0)
  stage.advance(tickMs)
  stage.announcer.expected = true
  wire.buffered = 0
  socket.drained()
  stage.advance(tickMs)
  expect(stage.announcer.expected).toBe(false)
  topics.first(list)
  topics.first(list)
  expect(wire.count("user_list_update")).toBe(1)
})

test("a live socket that reads too slowly is caught up when it has room, and not dropped (C24)", () => {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  const wire = new SlowWire()
  const publisher = {
    publish: (topic: string, frame: string) => (wire.topics.has(topic) ? wire.send(frame) : 0),
    subscriberCount: () => 1,
  }
  const { socket } = connect(stage, anna.id, new Topics(v1, publisher, outbound), wire)
  for (let n = 0; n < 50; n++) {
    // Twice as large on the wire as in the journal, from which nothing unsent is to be evicted here.
    ben.say(anna.id, '"'.repeat(10_000))
    stage.flush()
    if (n % 20 === 19) for (let i = 0; i < 3; i++) room()
  }
  for (let i = 0; i < 10; i++) room()
  expect(wire.most).toBeLessThan(outbound)
  const numbers = wire.frames
    .map((frame) => JSON.parse(frame))
    .flatMap(({ seq, type }) => (type === "chat_message" ? [seq] : []))
  expect(numbers.filter((seq, i) => seq <= (numbers[i - 1] ?? 0))).toEqual([])
  expect(numbers.at(-1)).toBe(50)
  ben.say(anna.id, "the last")
  stage.flush()
  expect(wire.count('"the last"')).toBe(1)

  function room(): void {
    wire.buffered = 0
    socket.drained()
    stage.flush()
  }
})

/** Somebody says four words to her, and reacts to each. */
function befriend(stage: Stage, { id }: RecordingOutlet, name: string): void {
  const stranger = stage.join(name)
  for (const content of ["one", "two", "three", "four"]) stranger.say(id, content)
  stage.flush()
  for (const { message } of stranger.of("message")) {
    stranger.obey({ type: "react", peerId: id, messageId: message.id, emoji: "ᄀ".repeat(32) })
  }
  stage.flush()
}

function connect(stage: Stage, id: string, dialect: Topics, wire = new SlowWire()) {
  const socket = new Socket({
    hub: createHub({}, { stage, outbound }).hub,
    dialect,
    user: { id, name: "anna", classic: false },
    cursor: undefined,
    address: undefined,
    newKey: undefined,
  })
  socket.opened(wire as unknown as ServerWebSocket<Socket>)
  stage.flush()
  return { wire, socket }
}
