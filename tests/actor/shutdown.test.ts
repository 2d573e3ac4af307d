import { describe, expect, test } from "bun:test"
import { createTestSystem } from "../../src/actor/testing.ts"
import { crash, note, probe, run } from "./probe.ts"

describe("shutdown", () => {
  test("actors end in reverse order of their start, each with what it had handled (A24)", async () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const first = system.spawn(probe(log, "first"))
    const second = system.spawn(probe(log, "second"))
    first.tell(run((self) => void self.spawn(probe(log, "child"))))
    flush()
    for (let i = 0; i < 2; i++) for (const actor of [first, second]) actor.tell(note(i))
    const done = system.shutdown(1000)
    flush()
    expect(await done).toBe(true)
    const ends = log.filter((entry) => String(entry).endsWith("shutdown"))
    expect(ends).toEqual(["child shutdown", "second shutdown", "first shutdown"])
    expect(log.indexOf("second:1")).toBeLessThan(log.indexOf("second shutdown"))
    expect(log.indexOf("first:1")).toBeLessThan(log.indexOf("first shutdown"))
    expect(system.deadLetters.total).toBe(0)
  })

  test("an actor can tell those born before it till its end (A24)", async () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const first = system.spawn(probe(log, "first"))
    const second = system.spawn(probe(log, "second"))
    second.tell(run(() => void first.tell(note("farewell"))))
    const done = system.shutdown(1000)
    flush()
    expect(await done).toBe(true)
    expect(log).toEqual(["second shutdown", "first:farewell", "first shutdown"])
  })

  test("at the deadline those that are left end with what they have queued, counted (A24)", async () => {
    const { system, flush, clock } = createTestSystem({ budget: { messagesPerDrain: 10 } })
    const log: unknown[] = []
    const first = system.spawn(probe(log, "first"))
    const last = system.spawn(probe(log, "last"))
    flush()
    for (let i = 0; i < 5; i++) first.tell(note(i))
    for (let i = 0; i < 5; i++) last.tell(note(i))
    const done = system.shutdown(0)
    clock.ringNext(clock.now())
    expect(await done).toBe(false)
    flush()
    expect(log).toEqual(["last shutdown", "first shutdown"])
    expect(system.deadLetters.byReason.stopped).toBe(10)
    expect(system.counters.alive).toBe(0)
  })

  test("an actor that waits for its restart does not hold a shutdown up (A24)", async () => {
    const { system, flush, clock } = createTestSystem()
    const actor = system.spawn(probe([]))
    actor.tell(crash())
    flush()
    actor.tell(note("queued"))
    expect(await system.shutdown(1000)).toBe(true)
    expect(system.deadLetters.byReason.stopped).toBe(1)
    expect(clock.pending).toBe(0)
  })

  test("nothing is born once a shutdown began, and a second call joins the first (A24)", async () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    actor.tell(run((self) => log.push(self.spawn(probe([])).tell(note(1)))))
    const done = system.shutdown(1000)
    expect(system.spawn(probe(log)).tell(note(1))).toBe("dead")
    expect(system.shutdown(5)).toBe(done)
    flush()
    expect(await done).toBe(true)
    expect(log).toEqual(["dead", "shutdown"])
  })

  test("a system without actors is shut down at once", async () => {
    expect(await createTestSystem().system.shutdown(1000)).toBe(true)
  })
})
