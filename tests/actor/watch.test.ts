import { describe, expect, test } from "bun:test"
import { ActorSystem, type Context, type Ref, temporary } from "../../src/actor/index.ts"
import { createTestSystem } from "../../src/actor/testing.ts"
import { crash, note, type Probe, probe, run } from "./probe.ts"

const watching = (ref: Ref<never>, name = "ended") =>
  run((self: Context<Probe>) => self.watch(ref, ({ reason }) => note(`${name} ${reason}`)))

describe("death watch", () => {
  test("a watcher is told once how an actor ended (A19)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const watcher = system.spawn(probe(log))
    const stopped = system.spawn(probe([]))
    const finished = system.spawn(probe([]))
    const crashed = system.spawn(probe([]), { supervision: temporary })
    watcher.tell(watching(stopped, "a"))
    watcher.tell(watching(finished, "b"))
    watcher.tell(watching(crashed, "c"))
    flush()
    system.stop(stopped)
    flush()
    finished.tell(run((self) => self.finish()))
    flush()
    crashed.tell(crash())
    flush()
    expect(log).toEqual(["a stopped", "b finished", "c crashed"])
  })

  test("watching the dead answers at once, with the reason of its end (A19)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const dead = system.spawn(probe([]), { supervision: temporary })
    dead.tell(crash())
    flush()
    system.spawn(probe(log)).tell(watching(dead))
    flush()
    expect(log).toEqual(["ended crashed"])
  })

  test("watching what is no actor of this system answers at once (A19)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const foreign = new ActorSystem({ defer: () => {} }).spawn(probe([]))
    system.spawn(probe(log)).tell(watching(foreign))
    flush()
    expect(log).toEqual(["ended unknown"])
  })

  test("the end of an actor is told before what its watcher has queued (A19)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const watcher = system.spawn(probe(log))
    const watched = system.spawn(probe([]))
    watcher.tell(watching(watched))
    flush()
    watcher.tell(note("queued"))
    system.stop(watched)
    flush()
    expect(log).toEqual(["ended stopped", "queued"])
  })

  test("a second watch replaces the first (A20)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const watcher = system.spawn(probe(log))
    const watched = system.spawn(probe([]))
    watcher.tell(watching(watched, "first"))
    watcher.tell(watching(watched, "second"))
    flush()
    system.stop(watched)
    flush()
    expect(log).toEqual(["second stopped"])
    watcher.tell(
      run((self) => {
        self.watch(watched, () => note("third"))
        self.watch(watched, () => note("fourth"))
      }),
    )
    flush()
    expect(log).toEqual(["second stopped", "fourth"])
  })

  test("a watch that was taken back is silent, also when its message is queued already (A20)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const watcher = system.spawn(probe(log))
    const early = system.spawn(probe([]))
    const late = system.spawn(probe([]))
    watcher.tell(watching(early, "early"))
    watcher.tell(watching(late, "late"))
    flush()
    watcher.tell(run((self) => self.unwatch(early)))
    flush()
    expect(system.inspect(early)?.watchers).toBe(0)
    expect(system.inspect(late)?.watchers).toBe(1)
    watcher.signal(run((self) => self.unwatch(late)))
    system.stop(early)
    system.stop(late)
    flush()
    expect(log).toEqual([])
    expect(system.deadLetters.total).toBe(0)
  })

  test("a restart of the watched is no end (A13)", () => {
    const { system, flush, advance } = createTestSystem()
    const log: unknown[] = []
    const watched = system.spawn(probe([]))
    system.spawn(probe(log)).tell(watching(watched))
    flush()
    watched.tell(crash())
    flush()
    advance(1000)
    expect(log).toEqual([])
    system.stop(watched)
    flush()
    expect(log).toEqual(["ended stopped"])
  })

  test("a watch ends with the incarnation that asked for it (A27)", () => {
    const { system, flush, advance } = createTestSystem()
    const log: unknown[] = []
    const watcher = system.spawn(probe(log))
    const watched = system.spawn(probe([]))
    watcher.tell(watching(watched))
    flush()
    const other = system.spawn(probe([]))
    watcher.tell(watching(other))
    flush()
    watcher.signal(crash())
    system.stop(watched)
    flush()
    expect(system.inspect(other)?.watchers).toBe(0)
    advance(1000)
    expect(log).toEqual(["restarting"])
    expect(system.deadLetters.byReason.stale).toBe(1)
  })
})
