import { expect, test } from "bun:test"
import { listRate, nextAnnouncement } from "../../../src/chat/presence/list-interval.ts"
import { tickMs } from "../../../src/chat/presence/presence.ts"
import { createStage, graceMs } from "../../support/stage.ts"

test("who comes within one tick is announced in one list (C12)", () => {
  const { join, advance, announcer } = createStage()
  for (const name of ["anna", "ben", "cleo"]) join(name)
  expect(announcer.lists).toHaveLength(0)
  advance(tickMs)
  expect(announcer.lists).toHaveLength(1)
  expect(announcer.names).toEqual(["anna", "ben", "cleo"])
})

test("up to 200 the list names everyone; beyond that the 50 who came last, and how many there are (C12)", () => {
  const { join, advance, announcer } = createStage()
  const people = Array.from({ length: 201 }, (_, i) => `person ${i}`)
  for (const name of people.slice(0, 200)) join(name)
  advance(tickMs)
  expect(announcer.names).toEqual(people.slice(0, 200))
  join(people[200] ?? "")
  advance(tickMs)
  expect(announcer.names).toEqual(people.slice(-50))
  expect(announcer.lists.at(-1)?.total).toBe(201)
})

test("a reload makes no noise: who is back within the grace never left a list (C12)", () => {
  const { join, flush, advance, announcer, recorded } = createStage()
  const anna = join("anna")
  advance(tickMs)
  const [lists, writes] = [announcer.lists.length, recorded.length]
  anna.drop()
  flush()
  advance(graceMs - 1)
  join("anna", { id: anna.id })
  advance(graceMs * 2)
  expect(announcer.lists).toHaveLength(lists)
  expect(recorded).toHaveLength(writes)
})

test("a costly list stretches the time to the next one, and the news of that time are in it (C12)", () => {
  const { join, advance, announcer } = createStage({ budget: 1000 })
  announcer.cost = 3000
  join("anna")
  advance(tickMs)
  join("ben")
  advance(2000)
  expect(announcer.names).toEqual(["anna"])
  advance(1000 + tickMs)
  expect(announcer.names).toEqual(["anna", "ben"])
})

test("lists take no more than 64 KiB a second of one socket, however few there are (C12)", () => {
  const { join, advance, announcer } = createStage()
  announcer.costEach = 2 * listRate
  join("anna")
  advance(tickMs)
  join("ben")
  advance(2000 - tickMs)
  expect(announcer.names).toEqual(["anna"])
  advance(2 * tickMs)
  expect(announcer.names).toEqual(["anna", "ben"])
})

test("a newcomer gets a first list however stretched the ticks are (C12)", () => {
  const { join, advance, announcer } = createStage({ budget: 1 })
  announcer.cost = 100_000
  join("anna")
  advance(tickMs)
  join("ben")
  announcer.expected = true
  advance(tickMs)
  expect(announcer.names).toEqual(["anna", "ben"])
})

test("a further socket of somebody who is here already gets its first list at the next tick (C12)", () => {
  const { join, advance, announcer } = createStage()
  const { id } = join("anna")
  advance(2 * tickMs)
  announcer.expected = true
  join("anna", { id })
  advance(tickMs)
  expect(announcer.expected).toBe(false)
})

test("each tick's changes are recorded once for each user, the last one (C13)", () => {
  const { join, flush, advance, recorded } = createStage()
  const anna = join("anna")
  const ben = join("ben", { classic: true })
  ben.drop()
  flush()
  advance(tickMs)
  expect(recorded).toHaveLength(2)
  expect(recorded).toContainEqual({ type: "gone", id: ben.id })
  expect(recorded).toContainEqual({
    type: "present",
    row: { id: anna.id, name: "anna", online: true, since: expect.any(Number) },
  })
})

test("a leave follows from the end of the session, whatever ended it (C13)", () => {
  const { join, flush, advance, directory, recorded, system } = createStage()
  const anna = join("anna")
  system.stop(anna.session)
  flush()
  expect(directory.find(anna.id)).toBeUndefined()
  advance(tickMs)
  expect(recorded.at(-1)).toEqual({ type: "gone", id: anna.id })
})

test("who is away neither came nor left (C12)", () => {
  const { join, flush, advance, announcer, recorded } = createStage()
  const anna = join("anna")
  advance(tickMs)
  const writes = recorded.length
  anna.obey({ type: "status", away: true })
  flush()
  advance(tickMs)
  expect(announcer.news.at(-1)).toMatchObject({ joined: [], left: [] })
  expect(announcer.lists.at(-1)?.members[0]?.away).toBe(true)
  expect(recorded).toHaveLength(writes)
})

test("the time to the next list follows from what the last one cost", () => {
  expect(nextAnnouncement(1000, 0, 500)).toBe(1000)
  expect(nextAnnouncement(1000, 1000, 500)).toBe(3000)
  expect(nextAnnouncement(1000, 1000, 0)).toBe(1000)
})

test("a companion is told of to those who talk with it, and in no list, count or row", () => {
  const id = crypto.randomUUID()
  const { join, flush, advance, announcer, directory, recorded } = createStage({ companions: [id] })
  const [echo, anna] = [join("Echo", { id }), join("anna")]
  anna.say(id, "hello")
  flush()
  advance(tickMs)
  expect(echo.contents).toEqual(["hello"])
  expect(announcer.names).toEqual(["anna"])
  expect(directory.online).toBe(1)
  expect([...directory.rows()].map(({ name }) => name)).toEqual(["anna"])
  echo.obey({ type: "leave" })
  flush()
  expect(anna.of("presence").at(-1)?.person).toMatchObject({ id, online: false })
  advance(tickMs)
  expect(directory.online).toBe(1)
  expect(recorded.some((change) => change.type === "gone" && change.id === id)).toBe(false)
})
