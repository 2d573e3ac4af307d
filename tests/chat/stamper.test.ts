import { expect, test } from "bun:test"
import { HandClock } from "../../src/actor/testing.ts"
import { Stamper } from "../../src/chat/stamper.ts"
import { createStage, graceMs } from "../support/stage.ts"

const hourMs = 3_600_000

test("ids are UUIDv7 of the time, and two stampers make none alike", () => {
  const clock = new HandClock(Date.UTC(2026, 0, 1, 12))
  const [one, other] = [new Stamper(clock), new Stamper(clock)].map((stamper) =>
    stamper.stamp("a", "b", "", undefined),
  )
  expect(one?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(one?.id.replace("-", "").slice(0, 12) ?? "", 16)).toBe(clock.wall())
  expect(one?.id).not.toBe(other?.id)
})

test("ids ascend strictly and times never go back, whether the clock runs, stands, or is set back or forward by an hour (C35)", () => {
  const clock = new HandClock(Date.UTC(2026, 0, 1))
  const stamper = new Stamper(clock)
  const stamps = Array.from({ length: 30_000 }, (_, i) => {
    if (i === 10_000) clock.set(-hourMs)
    if (i === 15_000) clock.set(hourMs)
    if (i === 20_000) clock.set(hourMs)
    if (i === 25_000) clock.set(-hourMs)
    if (i % 5000 > 4500) clock.ringNext(clock.now() + 1)
    return stamper.stamp("a", "b", "", undefined)
  })
  for (const [i, { id, at }] of stamps.slice(1).entries()) {
    const before = stamps[i]
    if (before === undefined || id <= before.id || at < before.at)
      throw new Error(`${i}: ${before?.id} ${id}`)
    expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(at)
  }
  // Of so many at once the time runs ahead by a millisecond for each 4096.
  expect((stamps[4500]?.at ?? 0) - (stamps[0]?.at ?? 0)).toBe(1)
})

test("a wall clock that is set keeps nobody from joining, nor lists, ticks, grace and progress from going on (C35)", () => {
  for (const byMs of [-hourMs, hourMs]) {
    const stage = createStage({ budget: 1000 })
    const [anna, ben] = [stage.join("anna"), stage.join("ben")]
    stage.announcer.cost = 500
    stage.advance(1000)
    anna.say(ben.id, "before")
    stage.flush()
    stage.clock.set(byMs)
    const cleo = stage.join("cleo")
    stage.advance(1000)
    expect(stage.announcer.names).toEqual(["anna", "ben", "cleo"])
    anna.say(ben.id, "after")
    stage.flush()
    stage.advance(1000)
    const talks = ben.events.flatMap((event) => (event.type === "talks-changed" ? event.rows : []))
    expect(talks.at(-1)?.talk.last?.message.content).toBe("after")
    ben.acknowledge(2)
    stage.flush()
    const [first, second] = anna.of("message").map(({ message }) => message)
    expect(anna.of("progress").at(-1)?.messageId).toBe(second?.id ?? "")
    expect([first?.id ?? "", second?.id ?? ""].toSorted()).toEqual([first?.id ?? "", second?.id ?? ""])
    expect(second?.at).toBeGreaterThanOrEqual(first?.at ?? 0)
    cleo.drop()
    stage.flush()
    stage.advance(graceMs + 1000)
    expect(stage.announcer.names).toEqual(["anna", "ben"])
  }
})
