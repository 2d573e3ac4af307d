import { describe, expect, test } from "bun:test"
import type { Context, Ref } from "../../src/actor/index.ts"
import { createTestSystem } from "../../src/actor/testing.ts"
import { note, type Probe, probe, run } from "./probe.ts"
import { RemoteProbe } from "./remote-probe.ts"

type Question = { type: "question"; replyTo: Ref<string> }
const question = (replyTo: Ref<string>): Question => ({ type: "question", replyTo })
const answering = () => ({ receive: ({ replyTo }: Question) => void replyTo.tell("answer") })

describe("ask", () => {
  test("an answer resolves it (A28)", async () => {
    const { system, flush } = createTestSystem()
    const asked = system.ask(system.spawn(answering), question, 100)
    flush()
    expect(await asked).toBe("answer")
  })

  test("no answer in time rejects it, and a later one is a dead letter (A28)", async () => {
    const { system, advance } = createTestSystem()
    const asked: Ref<string>[] = []
    const silent = system.spawn<Question>(() => ({ receive: ({ replyTo }) => void asked.push(replyTo) }))
    const answer = system.ask(silent, question, 100)
    advance(100)
    await expect(answer).rejects.toMatchObject({ name: "AskError", code: "timeout" })
    expect(asked[0]?.tell("late")).toBe("dead")
    expect(system.deadLetters.byReason.dead).toBe(1)
  })

  test("an ask that is over leaves neither an alarm nor a watch (A28)", async () => {
    const { system, flush, clock } = createTestSystem()
    const actor = system.spawn(answering)
    const answer = system.ask(actor, question, 100)
    expect(system.inspect(actor)?.watchers).toBe(1)
    flush()
    expect(await answer).toBe("answer")
    expect(system.inspect(actor)?.watchers).toBe(0)
    expect(clock.pending).toBe(0)
  })

  test("an ask of what stands for an actor elsewhere fails as dead when that ends (A19)", async () => {
    const { system, clock } = createTestSystem()
    const remote = new RemoteProbe()
    const answer = system.ask(remote, question, 100)
    const failure = answer.catch((error: unknown) => error)
    remote.end("stopped")
    expect(await failure).toMatchObject({ code: "dead" })
    expect(remote.watchers.size).toBe(0)
    expect(clock.pending).toBe(0)
  })

  test("a question that cannot be made throws, and leaves nothing behind", () => {
    const { system, clock } = createTestSystem()
    const actor = system.spawn(answering)
    const bad = () => {
      throw new Error("no question")
    }
    expect(() => system.ask(actor, bad, 100)).toThrow("no question")
    expect(clock.pending).toBe(0)
    expect(system.inspect(actor)?.watchers).toBe(0)
  })

  test("it is answered once: a second answer is a dead letter (A28)", async () => {
    const { system, flush } = createTestSystem()
    const told: unknown[] = []
    const twice = system.spawn<Question>(() => ({
      receive: ({ replyTo }) => void told.push(replyTo.tell("first"), replyTo.tell("second")),
    }))
    const answer = system.ask(twice, question, 100)
    flush()
    expect(await answer).toBe("first")
    expect(told).toEqual(["ok", "dead"])
  })

  test("asking an actor that is full or has ended is rejected at once (A28)", async () => {
    const { system, flush } = createTestSystem()
    const full = system.spawn(answering, { mailbox: { capacity: 1 } })
    const first = system.ask(full, question, 100)
    await expect(system.ask(full, question, 100)).rejects.toMatchObject({ code: "full" })
    flush()
    expect(await first).toBe("answer")
    system.stop(full)
    await expect(system.ask(full, question, 100)).rejects.toMatchObject({ code: "dead" })
  })

  test("an actor that ends without an answer rejects it before the time is over (A28)", async () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log))
    const answer = system.ask<Probe, string>(actor, note, 1_000_000)
    system.stop(actor)
    flush()
    await expect(answer).rejects.toMatchObject({ code: "dead" })
  })

  test("an urgent question comes through a full mailbox, ahead of what waits there (A28)", async () => {
    const { system, flush } = createTestSystem()
    const log: unknown[] = []
    const actor = system.spawn(probe(log), { mailbox: { capacity: 1 } })
    actor.tell(note("queued"))
    const ask = (replyTo: Ref<string>) =>
      run((_self: Context<Probe>) => {
        log.push("question")
        replyTo.tell("answer")
      })
    const answer = system.ask<Probe, string>(actor, ask, 100, { urgent: true })
    flush()
    expect(await answer).toBe("answer")
    expect(log).toEqual(["question", "queued"])
  })
})
