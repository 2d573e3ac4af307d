import { expect, test } from "bun:test"
import type { Member } from "../../../src/chat/presence/member.ts"
import { Announcers, Broadcast, type Publisher, type Subscriber } from "../../../src/web/sockets/broadcast.ts"
import { classic } from "../../../src/web/sockets/dialects/classic.ts"
import type { Encoding } from "../../../src/web/sockets/dialects/dialect.ts"
import { duetV1 } from "../../../src/web/sockets/dialects/duet-v1.ts"
import { page } from "../../../src/web/sockets/dialects/page.ts"
import { createStage } from "../../support/stage.ts"

const limits = {
  content_characters: 1,
  frame_bytes: 1,
  messages_per_second: 1,
  burst: 1,
  heartbeat_seconds: 1,
}
const v1 = duetV1({ window_seconds: 1, limits })
const outboundLimit = 262_144
/** Four bytes a letter, and as many letters as a name may have. */
const longestName = "𐐀".repeat(128)

class Sockets implements Publisher {
  readonly frames: string[] = []
  constructor(readonly count: number) {}
  publish(_topic: string, frame: string): number {
    return this.frames.push(frame)
  }
  subscriberCount(): number {
    return this.count
  }
}

class Newcomer implements Subscriber {
  readonly topics: string[] = []
  readonly frames: string[] = []
  readonly lags = false
  hasRoom = true
  subscribe(topic: string): void {
    this.topics.push(topic)
  }
  unsubscribe(): void {}
  offer(make: () => string | undefined): boolean {
    const frame = this.hasRoom ? make() : undefined
    if (frame !== undefined) this.frames.push(frame)
    return this.hasRoom
  }
}

test("a newcomer without room gets the first list when there is room, and no list before (C24)", () => {
  const topics = new Broadcast(classic, new Sockets(1), outboundLimit)
  const [slow, quick] = [new Newcomer(), new Newcomer()]
  slow.hasRoom = false
  for (const each of [slow, quick]) topics.join("somebody", each)
  topics.everyone(newsOf(crowd(3, "anna")), 0)
  expect([slow.frames.length, quick.frames.length]).toEqual([0, 1])
  expect(slow.topics).not.toContain("people:classic")
  expect(topics.expected).toBe(true)
  slow.hasRoom = true
  topics.first(listOf(crowd(4, "ben")))
  expect(slow.frames.map((frame) => JSON.parse(frame).total)).toEqual([4])
  expect(slow.topics).toContain("people:classic")
  expect([topics.expected, quick.frames.length]).toEqual([false, 1])
})

test("a list of 200 people with the longest names names all of them (C12)", () => {
  const people = crowd(200, longestName)
  for (const dialect of [classic, v1]) {
    const { frames } = announced(dialect, people)
    expect(JSON.parse(frames[0] ?? "").users).toHaveLength(200)
    expect(2 * Buffer.byteLength(frames[0] ?? "")).toBeLessThan(outboundLimit)
  }
})

test("a list that would be larger names those who came last, and tells how many there are (C12)", () => {
  const people = crowd(200, "ᄀ".repeat(500))
  for (const [dialect, largest] of [
    [classic, 120_000],
    [v1, 120_000],
  ] as const) {
    const { frames } = announced(dialect, people)
    const { users, total } = JSON.parse(frames[0] ?? "")
    expect(Buffer.byteLength(frames[0] ?? "")).toBeLessThanOrEqual(largest)
    expect(users.map(({ id }: { id: string }) => id)).toEqual(people.slice(-users.length).map(({ id }) => id))
    expect(users.length).toBeGreaterThan(50)
    expect(total).toBe(200)
  }
})

test.each(["'".repeat(128), longestName])(
  "a page's list stays below 64 KiB whatever people are called: %#",
  (name) => {
    const { frames } = announced(page, crowd(200, name))
    expect(Buffer.byteLength(frames[0] ?? "")).toBeLessThanOrEqual(65_536)
    expect(rowsIn(frames[0] ?? "")).toBeGreaterThan(20)
  },
)

test("a diff that is too large for one socket tells the total alone (C12)", () => {
  const topics = new Broadcast(v1, new Sockets(1), outboundLimit)
  const joined = crowd(200, "ᄀ".repeat(500))
  topics.everyone({ ...newsOf(joined), joined }, 0)
  const frames = (topics.publisher as Sockets).frames
  expect(JSON.parse(frames[0] ?? "")).toMatchObject({ joined: [], partial: true, total: 200 })
})

test("the page's list keeps to the budget: fewer rows for more readers, and for a crowd only the count (C12)", () => {
  const people = crowd(200, "anna")
  const budget = 4_194_304
  const rows = [10, 1000, 4000, 10_000].map((count) => {
    const sockets = new Sockets(count)
    const { total, each } = new Broadcast(page, sockets, outboundLimit).everyone(newsOf(people), budget)
    expect(total).toBeLessThanOrEqual(budget)
    expect(total).toBe(count * each)
    return rowsIn(sockets.frames[0] ?? "")
  })
  expect(rows[0]).toBe(50)
  expect(rows[1]).toBeGreaterThan(3)
  expect(rows[1]).toBeLessThan(50)
  expect(rows[3]).toBe(0)
  const crowded = new Sockets(10_000)
  new Broadcast(page, crowded, outboundLimit).everyone(newsOf(people), budget)
  expect(JSON.parse(crowded.frames[0] ?? "").event).toBe("people_total")
})

test("all dialects together keep to the budget (C12)", () => {
  const people = crowd(200, "anna")
  const each = [page, v1, page].map((dialect) => new Broadcast(dialect, new Sockets(1000), outboundLimit))
  const budget = 2_000_000
  const cost = new Announcers(each).everyone({ ...newsOf(people), joined: people }, budget)
  expect(cost.total).toBeLessThanOrEqual(budget)
})

test("a row of the list of conversations is bounded, whatever is said, by any sender (C25)", () => {
  for (const name of ["'".repeat(128), longestName]) {
    const { join, flush, advance } = createStage()
    const [anna, ben] = [join("anna"), join(name)]
    ben.say(anna.id, "'".repeat(4000))
    flush()
    advance(100)
    const frames = anna.of("talks-changed").map((event) => page.event(event) ?? "")
    expect(frames.length).toBeGreaterThan(0)
    for (const frame of frames) expect(Buffer.byteLength(frame)).toBeLessThanOrEqual(2300)
  }
})

/** People of one name. */
function crowd(count: number, name: string): Member[] {
  const { join, directory } = createStage()
  for (let i = 0; i < count; i++) join(name)
  return directory.latest(count)
}

function listOf(members: readonly Member[]) {
  return { members, total: members.length, version: 1 }
}

function newsOf(members: readonly Member[]) {
  return { ...listOf(members), joined: members.slice(-1), left: [] }
}

/** What a first list and an announcement are. */
function announced(dialect: Encoding, people: readonly Member[]): Newcomer {
  const topics = new Broadcast(dialect, new Sockets(0), outboundLimit)
  const newcomer = new Newcomer()
  topics.join("newcomer", newcomer)
  topics.first(listOf(people))
  return newcomer
}

function rowsIn(frame: string): number {
  return frame.match(/<li /gu)?.length ?? 0
}
