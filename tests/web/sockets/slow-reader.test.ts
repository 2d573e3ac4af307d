import { expect, test } from "bun:test"
import type { ServerWebSocket } from "bun"
import { tickMs } from "../../../src/chat/presence/presence.ts"
import { Broadcast } from "../../../src/web/sockets/broadcast.ts"
import { classic } from "../../../src/web/sockets/dialects/classic.ts"
import type { Encoding } from "../../../src/web/sockets/dialects/dialect.ts"
import { duetV1 } from "../../../src/web/sockets/dialects/duet-v1.ts"
import { page } from "../../../src/web/sockets/dialects/page.ts"
import { Socket } from "../../../src/web/sockets/socket.ts"
import { createStage, type RecordingOutlet } from "../../support/stage.ts"
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
    const topics = new Broadcast(encoding, { publish: () => 0, subscriberCount: () => 0 }, outbound)
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
  const topics = new Broadcast(classic, { publish: () => 0, subscriberCount: () => 0 }, outbound)
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
  const { socket } = connect(stage, anna.id, new Broadcast(v1, publisher, outbound), wire)
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

test("however people come, go and are renamed, a slow reader is not dropped, and hears of it as there is room (C24)", () => {
  const members = crowd(64)
  for (const [encoding, told] of [
    [page, '"event":"people"'],
    [v1, '"partial":true'],
    [classic, '"type":"user_list_update"'],
  ] as const) {
    const { wire, topics, ben, anna, round } = overhear(encoding, 6_000)
    for (let version = 2; version < 200; version++) {
      topics.everyone({ members, total: 64, version, joined: members, left: [] }, 0)
      if (encoding.acknowledges && version % 10 === 0) ben.say(anna.id, '"'.repeat(4_000))
      round()
    }
    expect(wire.most).toBeLessThan(outbound)
    while (wire.buffered > 0 || !wire.topics.has(`people:${encoding.name}`)) {
      round()
      topics.first({ members, total: 64, version: 199 })
    }
    expect(wire.topics).toContain(`${encoding.name}:${anna.id}`)
    expect(topics.expected).toBe(false)
    expect(wire.count(told)).toBeGreaterThan(2)
    if (encoding === v1) {
      expect(wire.count("user_list_update")).toBe(1)
      expect(JSON.parse(wire.frames.at(-1) ?? "")).toMatchObject({ version: 199, total: 64, partial: true })
    }
  }
})

test("a reader who takes nothing is not dropped for how many there are, told again and again (C24)", () => {
  const members = crowd(1)
  const { wire, topics } = overhear(page, 0)
  const crowdOf = (version: number) => ({
    members,
    total: 50_000 + version,
    version,
    joined: members,
    left: [],
  })
  for (let version = 2; version < 5_000; version++) topics.everyone(crowdOf(version), 1)
  expect(wire.count('"event":"people_total"')).toBeGreaterThan(100)
  expect(wire.most).toBeLessThan(outbound)
})

test("a socket that fell behind by messages and missed no list is sent none (C24)", () => {
  const { wire, topics, anna, ben, stage, round } = overhear(v1, outbound)
  const had = wire.frames.length
  for (let n = 0; n < 8; n++) ben.say(anna.id, '"'.repeat(10_000))
  stage.flush()
  expect(wire.topics.size).toBe(0)
  for (let n = 0; n < 10; n++) round()
  topics.first({ members: crowd(1), total: 1, version: 2 })
  expect(wire.topics.size).toBe(2)
  expect(wire.frames.slice(had).filter((frame) => /user_list|presence_diff/u.test(frame))).toEqual([])
})

/** Somebody who has had the first list, at the end of a wire that takes so many bytes a round. */
function overhear(encoding: Encoding, bytesEach: number) {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  const wire = new SlowWire()
  const publisher = {
    publish: (topic: string, frame: string) => (wire.topics.has(topic) ? wire.send(frame) : 0),
    subscriberCount: (topic: string) => Number(wire.topics.has(topic)),
  }
  const topics = new Broadcast(encoding, publisher, outbound)
  const { socket } = connect(stage, anna.id, topics, wire)
  const round = () => {
    const waited = wire.buffered
    wire.buffered = Math.max(0, waited - bytesEach)
    if (waited > 0 && wire.buffered === 0) socket.drained()
    stage.flush()
  }
  wire.buffered = 0
  socket.drained()
  stage.flush()
  topics.first({ members: stage.directory.latest(200), total: 1, version: 1 })
  return { stage, anna, ben, wire, topics, round }
}

function crowd(count: number) {
  const { join, directory } = createStage()
  for (let n = 0; n < count; n++) join(`${n} ${longName}`)
  return directory.latest(count)
}

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

function connect(stage: Stage, id: string, dialect: Broadcast, wire = new SlowWire()) {
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
