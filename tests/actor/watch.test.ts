import { describe, expect, test } from "bun:test"
import { ActorSystem, type Context, type Ref, temporary } from "../../src/actor/index.ts"
import { createTestSystem } from "../../src/actor/testing.ts"
import { crash, note, type Probe, probe, run } from "./probe.ts"
import { RemoteProbe } from "./remote-probe.ts"

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

  test("watching what cannot be watched answers at once (A19)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const nobody: Ref<never> = {
      id: 0,
      path: "/",
      tell: () => "dead",
      signal: () => "dead",
      offer: () => "dead",
    }
    system.spawn(probe(log)).tell(watching(nobody))
    flush()
    expect(log).toEqual(["ended unknown"])
  })

  test("an actor of another system is watched like one's own (A19)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const other = new ActorSystem({ defer: () => {} })
    const foreign = other.spawn(probe([]))
    system.spawn(probe(log)).tell(watching(foreign))
    flush()
    expect(log).toEqual([])
    other.stop(foreign)
    flush()
    expect(log).toEqual(["ended stopped"])
  })

  test("what stands for an actor elsewhere is watched like an actor, and answers like one when it has ended (A19)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const remote = new RemoteProbe()
    const watcher = system.spawn(probe(log))
    watcher.tell(watching(remote, "early"))
    flush()
    expect(remote.watchers.size).toBe(1)
    remote.end("crashed")
    flush()
    watcher.tell(watching(remote, "late"))
    flush()
    expect(log).toEqual(["early crashed", "late crashed"])
  })

  test("a watch of what stands for an actor elsewhere is taken back, and ends with its watcher (A20, A27)", () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const remote = new RemoteProbe()
    const [one, other] = [system.spawn(probe(log)), system.spawn(probe(log))]
    one.tell(watching(remote, "one"))
    other.tell(watching(remote, "other"))
    flush()
    one.tell(run((self) => self.unwatch(remote)))
    system.stop(other)
    flush()
    expect(remote.watchers.size).toBe(0)
    remote.end("stopped")
    flush()
    expect(log).toEqual(["stopped"])
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
