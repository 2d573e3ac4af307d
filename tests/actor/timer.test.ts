import { describe, expect, test } from "bun:test"
import { systemClock } from "../../src/actor/clock.ts"
import { ActorSystem } from "../../src/actor/index.ts"
import { createTestSystem } from "../../src/actor/testing.ts"
import { crash, note, probe, run } from "./probe.ts"

describe("timers", () => {
  test("a timer rings once, when its time has come and not before (A25)", () => {
    const { system, advance } = createTestSystem()
    const log: unknown[] = []
    system.spawn(probe(log)).tell(run((self) => self.timer("t", 100, note("rang"))))
    advance(99)
    expect(log).toEqual([])
    advance(1)
    expect(log).toEqual(["rang"])
    advance(1000)
    expect(log).toEqual(["rang"])
  })

  test("setting a key again replaces its timer (A25)", () => {
    const { system, advance } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    actor.tell(run((self) => self.timer("t", 100, note("first"))))
    actor.tell(run((self) => self.timer("other", 100, note("other"))))
    advance(50)
    actor.tell(run((self) => self.timer("t", 100, note("second"))))
    advance(99)
    expect(log).toEqual(["other"])
    advance(1)
    expect(log).toEqual(["other", "second"])
  })

  test("a timer that was replaced or cancelled after it fired is not handled (A25)", () => {
    const { system, drain, ring } = byHand()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    for (const key of ["replaced", "cancelled", "kept"]) {
      actor.tell(run((self) => self.timer(key, 10, note(key))))
    }
    drain()
    actor.signal(run((self) => self.timer("replaced", 10, note("replacement"))))
    actor.signal(run((self) => self.cancel("cancelled")))
    ring()
    drain()
    expect(log).toEqual(["kept"])
    ring()
    drain()
    expect(log).toEqual(["kept", "replacement"])
    expect(system.deadLetters.total).toBe(0)
  })

  test("timers end with their incarnation (A27)", () => {
    const { system, flush, advance } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    actor.tell(run((self) => self.timer("t", 500, note("stale"))))
    actor.tell(crash())
    flush()
    advance(2000)
    expect(log).toEqual(["restarting"])
    expect(system.deadLetters.total).toBe(0)
  })

  test("a timer that was replaced, cancelled or ended with its actor leaves no alarm (A25)", () => {
    const { system, flush, clock } = createTestSystem()
    const actor = system.spawn(probe([]))
    actor.tell(run((self) => self.timer("replaced", 500, note(1))))
    actor.tell(run((self) => self.timer("replaced", 500, note(2))))
    actor.tell(run((self) => self.timer("cancelled", 500, note(3))))
    actor.tell(run((self) => self.cancel("cancelled")))
    flush()
    expect(clock.pending).toBe(1)
    system.stop(actor)
    expect(clock.pending).toBe(0)
  })

  test("a timer comes through a full mailbox, ahead of what waits there (A25)", () => {
    const { system, drain, ring } = byHand()
    const log: unknown[] = []
    const actor = system.spawn(probe(log), { mailbox: { capacity: 1 } })
    actor.tell(run((self) => self.timer("t", 10, note("rang"))))
    drain()
    actor.tell(note("queued"))
    expect(actor.tell(note("refused"))).toBe("full")
    ring()
    drain()
    expect(log).toEqual(["rang", "queued"])
  })

  test("timers ring by the system's clock when no other is given", async () => {
    const system = new ActorSystem()
    const rang = Promise.withResolvers<number>()
    const start = performance.now()
    system.spawn<string>((self) => {
      self.timer("cancelled", 1, "cancelled")
      self.cancel("cancelled")
      self.timer("t", 20, "rang")
      return { receive: (message) => rang.resolve(message === "rang" ? self.now() : Number.NaN) }
    })
    expect((await rang.promise) - start).toBeGreaterThanOrEqual(19)
  })

  test("an alarm of the wall clock that was cancelled does not ring", async () => {
    const rang: string[] = []
    const done = Promise.withResolvers<void>()
    systemClock.after(1, () => rang.push("cancelled")).cancel()
    systemClock.after(5, done.resolve)
    await done.promise
    expect(rang).toEqual([])
  })

  test("a timer beyond what the platform can wait for does not ring at once", async () => {
    const system = new ActorSystem()
    const rang = Promise.withResolvers<string>()
    const actor = system.spawn<string>((self) => {
      self.timer("far", 2 ** 40, "far")
      self.timer("near", 5, "near")
      return { receive: rang.resolve }
    })
    expect(await rang.promise).toBe("near")
    system.stop(actor)
  })
})

/** A system whose alarms ring when told, even those that were cancelled, and whose drains are called one by one. */
function byHand(): { system: ActorSystem; drain: () => void; ring: () => void } {
  let pending: (() => void) | undefined
  let alarms: (() => void)[] = []
  const system = new ActorSystem({
    clock: {
      now: () => 0,
      wall: () => 0,
      after(_ms, ring) {
        alarms.push(ring)
        return { cancel() {} }
      },
    },
    defer: (next) => {
      pending = next
    },
  })
  function drain(): void {
    const next = pending
    pending = undefined
    next?.()
  }
  function ring(): void {
    const due = alarms
    alarms = []
    for (const alarm of due) alarm()
  }
  return { system, drain, ring }
}
