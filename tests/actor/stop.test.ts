import { describe, expect, test } from "bun:test"
import type { Ref } from "../../src/actor/index.ts"
import { createTestSystem } from "../../src/actor/testing.ts"
import { crash, note, type Probe, probe, run } from "./probe.ts"

describe("stop", () => {
  test("an actor that is stopped handles nothing more, and what it had queued is counted (A6)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    flush()
    actor.tell(note(1))
    actor.signal(note(2))
    system.stop(actor)
    expect(actor.tell(note(3))).toBe("dead")
    expect(actor.signal(note(4))).toBe("dead")
    expect(actor.offer(note(5))).toBe("dead")
    flush()
    expect(log).toEqual(["stopped"])
    expect(system.deadLetters.byReason).toMatchObject({ stopped: 2, dead: 3 })
    expect(system.inspect(actor)).toBeUndefined()
  })

  test("an actor that stops itself handles nothing after the message in hand (A21)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    actor.tell(
      run((self) => {
        self.stopSelf()
        log.push("in hand")
      }),
    )
    actor.tell(note("after"))
    flush()
    expect(log).toEqual(["in hand", "stopped"])
  })

  test("an actor that finishes takes nothing more, handles what it had, and ends as finished (A21)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    actor.tell(
      run((self) => {
        self.finish()
        log.push(self.self.tell(note("refused")))
      }),
    )
    for (let i = 0; i < 40; i++) actor.tell(note(i))
    flush()
    expect(log).toEqual(["dead", ...Array.from({ length: 40 }, (_, i) => i), "finished"])
  })

  test("an actor that crashes while it finishes ends as crashed, what is left counted (A21)", () => {
    const { system, flush, advance } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    actor.tell(run((self) => self.finish()))
    for (const message of [note(1), crash(), note(2)]) actor.tell(message)
    flush()
    advance(1000)
    expect(log).toEqual([1, "crashed"])
    expect(system.deadLetters.byReason.stopped).toBe(1)
  })

  test("what its timers and watches have for an actor that finishes is counted (A21)", () => {
    const { system, flush } = createTestSystem({ budget: { messagesPerDrain: 1 } })
    const other = system.spawn(probe([]))
    const actor = system.spawn(probe([]))
    actor.tell(run((self) => self.watch(other, () => note("ended"))))
    flush()
    actor.tell(
      run((self) => {
        self.finish()
        system.stop(other)
      }),
    )
    actor.tell(note("queued"))
    flush()
    expect(system.deadLetters.recent).toMatchObject([{ type: "terminated", reason: "dead" }])
  })

  test("children end before their parent, the last born first (A22)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const parent = system.spawn(probe(log, "parent"))
    parent.tell(
      run((self) => {
        const first = self.spawn(probe(log, "first"))
        first.tell(run((firstSelf) => void firstSelf.spawn(probe(log, "grandchild"))))
        self.spawn(probe(log, "second"))
      }),
    )
    flush()
    system.stop(parent)
    expect(log).toEqual(["second stopped", "grandchild stopped", "first stopped", "parent stopped"])
    expect(system.counters.alive).toBe(0)
  })

  test("an actor stops its children and nobody else's (A22)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const stranger = system.spawn(probe(log, "stranger"))
    const parent = system.spawn(probe(log, "parent"))
    parent.tell(
      run((self) => {
        const child = self.spawn(probe(log, "child"))
        self.stop(child)
        self.stop(stranger)
        child.tell(note("too late"))
      }),
    )
    flush()
    expect(log).toEqual([])
    stranger.tell(note("here"))
    flush()
    expect(log).toEqual(["stranger:here"])
    expect(system.counters.alive).toBe(2)
  })

  test("an actor may stop its own parent: its message is handled to the end, and no hook runs inside it (A23)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const parent = system.spawn(probe(log, "parent"))
    parent.tell(
      run((self) => {
        const child = self.spawn(probe(log, "child"))
        child.tell(
          run(() => {
            system.stop(parent)
            log.push("in hand")
          }),
        )
      }),
    )
    flush()
    expect(log).toEqual(["in hand", "child stopped", "parent stopped"])
  })

  test("an actor stopped by another's stopped hook ends after that hook (A23)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const other = system.spawn(probe(log, "other"))
    const first = system.spawn<Probe>(() => ({
      receive() {},
      stopped() {
        system.stop(other)
        log.push("hook ends")
      },
    }))
    flush()
    system.stop(first)
    expect(log).toEqual(["hook ends", "other stopped"])
  })

  test("what an ended incarnation still tries does nothing, and its spawns are dead (A27)", () => {
    const { system, flush, advance } = createTestSystem()
    const log: unknown[] = []
    let born: Ref<Probe> | undefined
    const actor = system.spawn<Probe>((self) => ({
      receive() {},
      stopped() {
        self.timer("t", 1, note("never"))
        self.watch(actor, () => note("never"))
        born = self.spawn(probe(log))
      },
    }))
    flush()
    system.stop(actor)
    advance(100)
    expect(born?.tell(note("never"))).toBe("dead")
    expect(log).toEqual([])
    expect(system.counters.alive).toBe(0)
  })

  test("a context that outlived its incarnation cannot end the next (A27)", () => {
    const { system, flush, advance } = createTestSystem()
    const actor = system.spawn(probe([]))
    let old: (() => void) | undefined
    actor.tell(
      run((self) => {
        old = () => {
          self.stopSelf()
          self.finish()
        }
        throw new Error("boom")
      }),
    )
    flush()
    advance(1000)
    old?.()
    flush()
    expect(system.inspect(actor)?.restarts).toBe(1)
  })
})
