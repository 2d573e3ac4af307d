import { describe, expect, test } from "bun:test"
import type { Context, Settled } from "../../src/actor/index.ts"
import { createTestSystem } from "../../src/actor/testing.ts"
import { crash, note, type Probe, probe, run } from "./probe.ts"

const outcome = (result: Settled<string>) => note(result.ok ? result.value : `failed: ${result.error}`)
const piping = (promise: Promise<string>) => run((self: Context<Probe>) => self.pipe(promise, outcome))

describe("pipe", () => {
  test("a promise's outcome comes back as a message, a failure too (A26)", async () => {
    const { system, settle } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    actor.tell(piping(Promise.resolve("value")))
    actor.tell(piping(Promise.reject("refused")))
    await settle()
    expect(log).toEqual(["value", "failed: refused"])
  })

  test("a full mailbox loses no result (A26)", async () => {
    const { system, flush, settle } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log), { mailbox: { capacity: 1 } })
    const { promise, resolve } = Promise.withResolvers<string>()
    actor.tell(piping(promise))
    flush()
    actor.tell(note("queued"))
    resolve("result")
    await promise
    await settle()
    expect(log.sort()).toEqual(["queued", "result"])
    expect(system.deadLetters.total).toBe(0)
  })

  test("a result that was asked for before a restart is discarded and counted (A27)", async () => {
    const { system, flush, settle, advance } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    const { promise, resolve } = Promise.withResolvers<string>()
    actor.tell(piping(promise))
    actor.tell(crash())
    flush()
    advance(1000)
    resolve("stale")
    await settle()
    expect(system.inspect(actor)?.restarts).toBe(1)
    expect(log).toEqual(["restarting"])
    expect(system.deadLetters.byReason.stale).toBe(1)
    expect(system.deadLetters.recent).toMatchObject([{ type: "pipe", reason: "stale", path: actor.path }])
  })

  test("a result that is queued while its actor restarts is discarded and counted (A27)", async () => {
    const { system, flush, settle, advance } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    const { promise, resolve } = Promise.withResolvers<string>()
    actor.tell(piping(promise))
    flush()
    actor.signal(crash())
    resolve("stale")
    await promise
    await Promise.resolve()
    await settle()
    advance(1000)
    expect(log).toEqual(["restarting"])
    expect(system.deadLetters.byReason.stale).toBe(1)
  })

  test("a result for an actor that has ended is counted (A27)", async () => {
    const { system, flush, settle } = createTestSystem()
    const actor = system.spawn(probe([]))
    const { promise, resolve } = Promise.withResolvers<string>()
    actor.tell(piping(promise))
    flush()
    system.stop(actor)
    resolve("late")
    await settle()
    expect(system.deadLetters.byReason.stale).toBe(1)
  })
})
