import { describe, expect, test } from "bun:test"
import { temporary } from "../../src/actor/index.ts"
import { createTestSystem } from "../../src/actor/testing.ts"
import { note, probe, run } from "./probe.ts"

describe("a start that fails", () => {
  test("a start that throws is a crash, and its watchers are told when it ends in a stop (A16)", () => {
    const { system, flush, crashes } = createTestSystem()
    const log: unknown[] = []
    const parent = system.spawn(probe(log))
    const failing = () => {
      throw new Error("no start")
    }
    parent.tell(
      run((self) => {
        const child = self.spawn(failing, { name: "child", supervision: temporary })
        self.watch(child, ({ ref, reason }) => note(`${ref.path} ${reason}`))
      }),
    )
    flush()
    expect(log).toEqual([`${parent.path}/child crashed`])
    expect(crashes).toMatchObject([{ path: `${parent.path}/child`, decision: "stop" }])
  })

  test("a start that throws once is tried again, and resume means restart there (A16)", () => {
    const { system, flush, advance, crashes } = createTestSystem()
    const log: unknown[] = []
    let starts = 0
    const actor = system.spawn<string>(
      () => {
        if (++starts === 1) throw new Error("not yet")
        return { receive: (message) => void log.push(message) }
      },
      { supervision: { decide: () => "resume" } },
    )
    actor.tell("hello")
    flush()
    advance(100)
    expect(log).toEqual(["hello"])
    expect(crashes).toMatchObject([{ decision: "restart" }])
  })

  test("a start that throws half way leaves none of what it had started (A16)", () => {
    const { system, flush, advance } = createTestSystem()
    const log: unknown[] = []
    const other = system.spawn(probe([]))
    const actor = system.spawn<string>(
      (self) => {
        self.spawn(probe(log, "child"))
        self.timer("later", 10, "later")
        self.watch(other, () => "ended")
        throw new Error("half way")
      },
      { supervision: temporary },
    )
    flush()
    system.stop(other)
    advance(100)
    expect(log).toEqual([])
    expect(system.counters).toMatchObject({ spawned: 3, alive: 0 })
    expect(system.inspect(actor)).toBeUndefined()
    expect(system.deadLetters.total).toBe(0)
  })
})
