import { describe, expect, test } from "bun:test"
import { ActorSystem } from "../../src/actor/index.ts"
import { createTestSystem } from "../../src/actor/testing.ts"
import { note, probe, run } from "./probe.ts"
import { type Volley, volley } from "./volley.ts"

/** Whether timer and request came through while the volley was under way. */
const letThrough = ({ atTimer, atAnswer, atEnd }: Volley) => atTimer < atEnd && atAnswer < atEnd

describe("scheduler", () => {
  test("two actors that volley for ever delay neither a timer nor an HTTP request (A8)", async () => {
    const played = await volley({}, Number.POSITIVE_INFINITY)
    expect(letThrough(played)).toBe(true)
    expect(played.atTimer).toBeGreaterThan(0)
    expect(played.atAnswer).toBeGreaterThan(0)
    expect(played.atEnd).toBeGreaterThanOrEqual(Math.max(played.atTimer, played.atAnswer) + 5000)
  })

  test("without the budget the same volley delays timer and request to its end (A8)", async () => {
    const child = Bun.spawn([process.execPath, `${import.meta.dir}/volley.ts`], { stdout: "pipe" })
    const played: Volley = await child.stdout.json()
    expect(await child.exited).toBe(0)
    expect(letThrough(played)).toBe(false)
    expect(played).toEqual({ atTimer: 500_000, atAnswer: 500_000, atEnd: 500_000 })
  })

  test("nothing is handled before the loop has looked at its sockets (A10)", async () => {
    const system = new ActorSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    actor.tell(note("handled"))
    await Promise.resolve()
    expect(log).toEqual([])
    await new Promise((resolve) => setImmediate(resolve))
    expect(log).toEqual(["handled"])
  })

  test("an actor handles sixteen messages at most before the next has its turn (A9)", () => {
    const { system, drain } = byHand()
    const log: unknown[] = []
    const busy = system.spawn(probe(log, "busy"))
    const other = system.spawn(probe(log, "other"))
    for (let i = 0; i < 100; i++) busy.tell(note(i))
    other.tell(note(0))
    drain()
    expect(log.indexOf("other:0")).toBe(16)
    expect(log).toHaveLength(101)
  })

  test("an actor that keeps telling itself starves nobody (A9)", () => {
    const { system, drain } = byHand()
    let turns = 0
    const again = run((self) => {
      turns++
      self.self.tell(again)
    })
    system.spawn(probe([])).tell(again)
    const log: unknown[] = []
    const other = system.spawn(probe(log))
    for (let i = 0; i < 20; i++) other.tell(note(i))
    drain()
    expect(log).toHaveLength(20)
    expect(turns).toBeLessThan(1001)
    drain()
    expect(turns).toBeGreaterThan(1001)
  })

  test("an actor that tells itself stands in line once (A9)", () => {
    const { system, drain } = byHand()
    const log: unknown[] = []
    const selfish = system.spawn(probe(log, "selfish"))
    const other = system.spawn(probe(log, "other"))
    selfish.tell(run((self) => void self.self.tell(note("self"))))
    for (let i = 0; i < 60; i++) for (const actor of [selfish, other]) actor.tell(note(i))
    drain()
    expect(log.indexOf("other:16") - log.indexOf("other:15")).toBe(17)
    expect(log.indexOf("other:32") - log.indexOf("other:31")).toBe(17)
  })

  test("a drain yields after a thousand messages and goes on where it stopped (A8)", () => {
    const { system, drain } = byHand()
    const log: unknown[] = []
    const actors = [1, 2, 3].map(() => system.spawn(probe(log)))
    for (let i = 0; i < 700; i++) for (const actor of actors) actor.tell(note(i))
    drain()
    expect(log).toHaveLength(1000)
    drain()
    expect(log).toHaveLength(2000)
    drain()
    expect(log).toHaveLength(2100)
    expect(system.counters).toMatchObject({ processed: 2100, drains: 3 })
  })

  test("a drain yields when its milliseconds are spent, at the latest sixteen messages later (A8)", () => {
    const { system, drain } = byHand(2)
    let handled = 0
    const slow = system.spawn<number>(() => ({
      receive() {
        handled++
        const end = performance.now() + 2
        while (performance.now() < end);
      },
    }))
    for (let i = 0; i < 40; i++) slow.tell(i)
    drain()
    expect(handled).toBe(16)
  })

  test("a seed repeats an order, and other seeds find others (A11)", () => {
    const orders = new Set([1, 2, 3, 4, 5, 6].map(orderOf))
    expect(orders.size).toBeGreaterThan(1)
    expect(orderOf(3)).toBe(orderOf(3))
  })
})

function orderOf(seed: number): string {
  const { system, flush } = createTestSystem({ seed })
  const log: unknown[] = []
  for (const name of ["a", "b", "c", "d", "e"]) system.spawn(probe(log)).tell(note(name))
  flush()
  return log.join("")
}

/** A system whose drains are called one by one, first come first served. */
function byHand(millisecondsPerDrain = Number.POSITIVE_INFINITY): { system: ActorSystem; drain: () => void } {
  let pending: (() => void) | undefined
  const system = new ActorSystem({
    defer: (next) => {
      pending = next
    },
    budget: { millisecondsPerDrain },
  })
  function drain(): void {
    const next = pending
    pending = undefined
    next?.()
  }
  return { system, drain }
}
