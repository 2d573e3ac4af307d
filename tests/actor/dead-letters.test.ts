import { describe, expect, test } from "bun:test"
import type { Ref, Told } from "../../src/actor/index.ts"
import { temporary } from "../../src/actor/index.ts"
import { createTestSystem } from "../../src/actor/testing.ts"
import { crash, note, type Probe, probe, run } from "./probe.ts"

describe("dead letters", () => {
  test("a message is remembered by type, reason and receiver, never by content (A7)", () => {
    const { system, flush } = createTestSystem()
    const actor = system.spawn<unknown>(() => ({ receive() {} }), { name: "gone" })
    flush()
    system.stop(actor)
    for (const message of [note("secret"), "secret", { type: 7, text: "secret" }]) actor.tell(message)
    expect(system.deadLetters.recent).toEqual([
      { type: "note", reason: "dead", path: "/gone" },
      { type: "string", reason: "dead", path: "/gone" },
      { type: "object", reason: "dead", path: "/gone" },
    ])
    expect(Bun.inspect(system.deadLetters, { depth: 10 })).not.toContain("secret")
  })

  test("the last thirty-two are remembered, oldest first, and all are counted (A7)", () => {
    const { system } = createTestSystem()
    const actor = system.spawn<{ type: string }>(() => ({ receive() {} }))
    system.stop(actor)
    for (let i = 0; i < 40; i++) actor.tell({ type: `m${i}` })
    expect(system.deadLetters.total).toBe(40)
    expect(system.deadLetters.recent.map(({ type }) => type)).toEqual(
      Array.from({ length: 32 }, (_, i) => `m${i + 8}`),
    )
  })

  test("nothing sent vanishes uncounted, whatever order actors run, crash, restart and stop in (A6)", () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= 60; seed++) {
      const { system, flush, advance, random } = createTestSystem({ seed })
      const pick = (count: number) => Math.floor(random() * count)
      let sent = 0
      const actors: Ref<Probe>[] = []
      function send(): void {
        const to = actors[pick(actors.length)]
        if (to === undefined) return
        sent++
        const message = messages[pick(messages.length)]?.() ?? note(0)
        const how = pick(4)
        const told: Told = how === 0 ? to.signal(message) : how === 1 ? to.offer(message) : to.tell(message)
        seen.add(told)
      }
      const messages = [
        () => note(1),
        () => note(2),
        () => run(() => send()),
        () => run((self) => void actors.push(self.spawn(probe([]), { mailbox: { capacity: 5 } }))),
        () => crash(),
        () => run((self) => pick(4) === 0 && self.stopSelf()),
        () => run((self) => pick(4) === 0 && self.finish()),
      ]
      const overflows = ["refuse", "drop-oldest", "stop"] as const
      for (let i = 0; i < 12; i++) {
        const mailbox = { capacity: 3, overflow: overflows[i % 3] ?? "refuse" }
        actors.push(system.spawn(probe([]), i % 4 === 0 ? { mailbox, supervision: temporary } : { mailbox }))
      }
      for (let i = 0; i < 300; i++) {
        send()
        if (pick(10) === 0) flush()
        if (pick(40) === 0) advance(pick(200))
      }
      advance(100_000)
      const { total, byReason } = system.deadLetters
      for (const [reason, count] of Object.entries(byReason)) if (count > 0) seen.add(reason)
      expect(system.counters.processed + total).toBe(sent)
    }
    expect([...seen].sort()).toEqual(["dead", "dropped-oldest", "full", "ok", "stopped", "transient"])
  })
})
