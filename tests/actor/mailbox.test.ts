import { describe, expect, test } from "bun:test"
import { createTestSystem } from "../../src/actor/testing.ts"
import { note, probe, run } from "./probe.ts"

describe("mailbox", () => {
  test("messages from one sender to one receiver are handled in the order sent (A1)", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { system, flush } = createTestSystem({ seed })
      const log: unknown[] = []
      const receiver = system.spawn(probe(log))
      const senders = ["a", "b", "c"].map((name) => ({ name, ref: system.spawn(probe([])) }))
      for (let i = 0; i < 40; i++) {
        for (const { name, ref } of senders) ref.tell(run(() => receiver.tell(note(`${name}${i}`))))
      }
      flush()
      expect(log).toHaveLength(120)
      for (const { name } of senders) {
        const own = log.filter((value) => String(value).startsWith(name))
        expect(own).toEqual(Array.from({ length: 40 }, (_, i) => `${name}${i}`))
      }
    }
  })

  test("the system lane comes before everything that waits, in its own order (A2)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    actor.tell(note("ordinary 1"))
    actor.tell(note("ordinary 2"))
    actor.signal(note("system 1"))
    actor.signal(note("system 2"))
    flush()
    expect(log).toEqual(["system 1", "system 2", "ordinary 1", "ordinary 2"])
  })

  test("the system lane is never full (A2)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log), { mailbox: { capacity: 2 } })
    for (let i = 0; i < 5000; i++) expect(actor.signal(note(i))).toBe("ok")
    flush()
    expect(log).toEqual(Array.from({ length: 5000 }, (_, i) => i))
  })

  test("a full mailbox refuses the newest message and keeps the others (A3)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log), { mailbox: { capacity: 3 } })
    expect([1, 2, 3, 4].map((value) => actor.tell(note(value)))).toEqual(["ok", "ok", "ok", "full"])
    expect(system.inspect(actor)).toMatchObject({ depth: 3, highWater: 3 })
    flush()
    expect(log).toEqual([1, 2, 3])
    expect(system.deadLetters.byReason.full).toBe(1)
    expect(actor.tell(note(5))).toBe("ok")
  })

  test("a mailbox holds 1000 messages if nothing else is said (A3)", () => {
    const { system } = createTestSystem()
    const actor = system.spawn(probe([]))
    for (let i = 0; i < 1000; i++) expect(actor.tell(note(i))).toBe("ok")
    expect(actor.tell(note(1000))).toBe("full")
  })

  test("a mailbox that drops the oldest takes every message and keeps the latest (A4)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log), { mailbox: { capacity: 3, overflow: "drop-oldest" } })
    for (let i = 1; i <= 5; i++) expect(actor.tell(note(i))).toBe("ok")
    flush()
    expect(log).toEqual([3, 4, 5])
    expect(system.deadLetters.byReason["dropped-oldest"]).toBe(2)
  })

  test("a mailbox that stops its actor on overflow leaves every message counted (A4)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log), { mailbox: { capacity: 3, overflow: "stop" } })
    flush()
    expect([1, 2, 3, 4, 5].map((value) => actor.tell(note(value)))).toEqual([
      "ok",
      "ok",
      "ok",
      "dead",
      "dead",
    ])
    flush()
    expect(log).toEqual(["overflow"])
    expect(system.deadLetters.byReason).toMatchObject({ stopped: 3, full: 1, dead: 1 })
  })

  test("a transient message is refused once the mailbox is half full, where an ordinary one is taken (A5)", () => {
    const { system } = createTestSystem()
    const actor = system.spawn(probe([]), { mailbox: { capacity: 4 } })
    expect(actor.offer(note(1))).toBe("ok")
    expect(actor.offer(note(2))).toBe("ok")
    expect(actor.offer(note(3))).toBe("full")
    expect(actor.tell(note(4))).toBe("ok")
    expect(system.deadLetters.byReason.transient).toBe(1)
  })

  test("a mailbox grows and wraps without losing or reordering a message (A1)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    const sent: number[] = []
    for (const burst of [3, 7, 9, 100, 2, 700, 1, 64, 65]) {
      for (let i = 0; i < burst; i++) {
        sent.push(sent.length)
        actor.tell(note(sent.length - 1))
        if (i % 50 === 49) actor.tell(run(() => actor.tell(note("self"))))
      }
      flush()
    }
    expect(log.filter((value) => value !== "self")).toEqual(sent)
  })
})
