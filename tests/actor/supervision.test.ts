import { describe, expect, test } from "bun:test"
import { permanent, temporary } from "../../src/actor/index.ts"
import { createTestSystem } from "../../src/actor/testing.ts"
import { crash, note, probe, run } from "./probe.ts"

describe("supervision", () => {
  test("a resumed actor goes on with its next message and the state it had (A12)", () => {
    const { system, flush, crashes } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log), { supervision: { decide: () => "resume" } })
    for (const message of [note(1), crash(), note(2)]) actor.tell(message)
    flush()
    expect(log).toEqual([1, 2])
    expect(crashes).toMatchObject([{ path: actor.path, decision: "resume" }])
    expect(system.inspect(actor)).toMatchObject({ restarts: 0, processed: 3 })
  })

  test("a restarted actor is a new incarnation behind the same ref, and what was queued waits for it (A13)", () => {
    const { system, flush, advance } = createTestSystem()
    const log: unknown[] = []
    const supervision = { backoff: { minMs: 100, maxMs: 100, jitter: 0 } }
    const actor = system.spawn(probe(log), { supervision })
    actor.tell(run((self) => log.push(`incarnation ${self.incarnation}`)))
    actor.tell(crash())
    actor.tell(run((self) => log.push(`incarnation ${self.incarnation}`)))
    flush()
    expect(log).toEqual(["incarnation 1", "restarting"])
    expect(actor.tell(note("meanwhile"))).toBe("ok")
    advance(99)
    expect(log).toHaveLength(2)
    advance(1)
    expect(log.slice(2)).toEqual(["incarnation 2", "meanwhile"])
    expect(system.inspect(actor)?.restarts).toBe(1)
    expect(system.deadLetters.total).toBe(0)
  })

  test("a restart stops the children of the incarnation that failed (A13)", () => {
    const { system, flush, advance } = createTestSystem()
    const log: unknown[] = []
    const parent = system.spawn(probe(log, "parent"))
    parent.tell(run((self) => void self.spawn(probe(log, "first"))))
    parent.tell(run((self) => void self.spawn(probe(log, "second"))))
    flush()
    parent.tell(crash())
    flush()
    expect(log).toEqual(["second orphaned", "first orphaned", "parent restarting"])
    advance(100)
    expect(system.counters.alive).toBe(1)
  })

  test("a restart storm of one child stops that child and not its siblings (A15)", () => {
    const { system, flush, advance } = createTestSystem()
    const log: unknown[] = []
    const parent = system.spawn(probe(log, "parent"))
    let starts = 0
    parent.tell(
      run((self) => {
        const stormy = self.spawn<string>(() => {
          starts++
          throw new Error("storm")
        })
        self.watch(stormy, ({ reason }) => note(`stormy ${reason}`))
        const calm = self.spawn(probe(log, "calm"))
        calm.tell(run((calmSelf) => calmSelf.timer("beat", 9_000, note("alive"))))
      }),
    )
    flush()
    advance(10_000)
    expect(starts).toBe(6)
    expect(log).toEqual(["parent:stormy crashed", "calm:alive"])
    expect(system.counters).toMatchObject({ alive: 2, restarts: 5, crashes: 6 })
  })

  test("restarts are counted per child (A15)", () => {
    const { system, flush, advance } = createTestSystem()
    const log: unknown[] = []
    const children = Array.from({ length: 4 }, (_, i) => system.spawn(probe(log, `child ${i}`)))
    for (let round = 0; round < 5; round++) {
      for (const child of children) child.tell(crash())
      flush()
      advance(1000)
    }
    expect(system.counters).toMatchObject({ alive: 4, restarts: 20 })
  })

  test("a permanent actor outlives any number of crashes, ever slower up to ten seconds (A14)", () => {
    const { system, flush, advance } = createTestSystem()
    const starts: number[] = []
    const actor = system.spawn<string>(
      (self) => {
        starts.push(self.now())
        throw new Error("again")
      },
      { supervision: permanent },
    )
    flush()
    advance(3_600_000)
    const waits = starts.slice(1).map((at, i) => at - (starts[i] ?? 0))
    expect(waits.length).toBeGreaterThan(300)
    expect(Math.max(...waits)).toBeLessThanOrEqual(10_000)
    expect(Math.min(...waits.slice(10))).toBeGreaterThan(1000)
    expect(system.inspect(actor)).toBeDefined()
  })

  test("a temporary actor stops at its first crash, and what it had queued is counted (A12)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log), { supervision: temporary })
    for (const message of [crash(), note(1), note(2)]) actor.tell(message)
    flush()
    expect(log).toEqual(["crashed"])
    expect(actor.tell(note(3))).toBe("dead")
    expect(system.deadLetters.byReason).toMatchObject({ stopped: 2, dead: 1 })
  })

  test("an escalated error ends the child and is treated as its parent's own (A17)", () => {
    const { system, flush, advance, crashes } = createTestSystem()
    const log: unknown[] = []
    const parent = system.spawn(probe(log, "parent"), { name: "parent" })
    parent.tell(run((self) => void self.spawn(probe(log, "sibling"))))
    flush()
    parent.tell(
      run((self) => {
        const child = self.spawn(probe(log, "child"), {
          name: "child",
          supervision: { decide: () => "escalate" },
        })
        child.tell(crash())
      }),
    )
    flush()
    expect(log).toEqual(["child crashed", "sibling orphaned", "parent restarting"])
    expect(crashes.map(({ path, decision }) => `${path} ${decision}`)).toEqual([
      "/parent/child escalate",
      "/parent restart",
    ])
    advance(100)
    expect(system.inspect(parent)?.restarts).toBe(1)
  })

  test("an error escalated by a root stops it (A17)", () => {
    const { system, flush } = createTestSystem()
    const actor = system.spawn(probe([]), { supervision: { decide: () => "escalate" } })
    actor.tell(crash())
    flush()
    expect(system.counters.alive).toBe(0)
  })

  test("a decision or a stopped hook that throws breaks nothing (A18)", () => {
    const { system, flush, crashes } = createTestSystem()
    const bad = () => ({
      receive() {
        throw new Error("receive")
      },
      stopped() {
        throw new Error("stopped")
      },
    })
    const decide = () => {
      throw new Error("decide")
    }
    const actor = system.spawn<string>(bad, { supervision: { decide } })
    const log: unknown[] = []
    const other = system.spawn(probe(log))
    actor.tell("x")
    other.tell(note("fine"))
    flush()
    expect(log).toEqual(["fine"])
    expect(crashes.map(({ decision }) => decision)).toEqual(["stop", "ignored"])
    expect(system.counters.alive).toBe(1)
  })

  test("a crash report that throws breaks nothing (A18)", () => {
    const { system, flush } = createTestSystem({
      onCrash() {
        throw new Error("log is full")
      },
    })
    const log: unknown[] = []
    const actor = system.spawn(probe(log), { supervision: { decide: () => "resume" } })
    actor.tell(crash())
    actor.tell(note("fine"))
    flush()
    expect(log).toEqual(["fine"])
  })
})
