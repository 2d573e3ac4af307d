import { expect, test } from "bun:test"
import { Account, costs, textCost } from "../../../src/chat/memory/memory-budget.ts"
import { Message } from "../../../src/chat/message.ts"
import type { Entry } from "../../../src/chat/session/delivery/conversation.ts"
import { Idempotency } from "../../../src/chat/session/delivery/idempotency.ts"
import { InFlight, inFlightAtMost, peersAtMost } from "../../../src/chat/session/delivery/in-flight.ts"
import { Journal } from "../../../src/chat/session/delivery/journal.ts"
import { Suppressed } from "../../../src/chat/session/delivery/suppressed.ts"
import { Undelivered } from "../../../src/chat/session/delivery/undelivered.ts"
import { createStage, type RecordingOutlet } from "../../support/stage.ts"
import { eachSeed, knock, type Stage } from "../presence/at-once.ts"

const perUser = 60_000

test("what is held for a user never passes their bound, and goes with them to the last byte (C18)", () => {
  eachSeed(
    (stage) => {
      const people = ["anna", "ben", "cleo", "dora"].map((name) => stage.join(name))
      for (let i = 0; i < 400; i++) {
        doSomething(stage, people)
        if (stage.random() < 0.3) stage.flush()
        for (const { account } of stage.post.everyone()) {
          expect(account.bytes - account.outgoing).toBeLessThanOrEqual(perUser + oneMessage)
          expect(account.journal).toBeGreaterThanOrEqual(0)
        }
      }
      for (const person of people) person.obey({ type: "leave" })
      stage.flush()
      expect(stage.directory.size).toBe(0)
      expect(stage.memory.used).toBe(0)
    },
    { rules: { bytes: perUser, journal: { messages: 100, bytes: 0 } } },
  )
})

/** Between a message and the shedding that it causes. */
const oneMessage = 20_000

function doSomething(stage: Stage, people: readonly RecordingOutlet[]): void {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(stage.random() * from.length)] as T
  const [one, other] = [pick(people), pick(people)]
  const messageId = other.of("message").at(-1)?.message.id ?? ""
  const id = `${Math.floor(stage.random() * 20)}`
  const deeds: readonly (() => void)[] = [
    () => one.say(other.id, pick(["a", "ü", "😀", "\u0001"]).repeat(stage.random() * 4000), id),
    () => one.say(other.id, "short"),
    () => one.acknowledge(one.of("message").at(-1)?.seq ?? 0),
    () => one.obey({ type: pick(["block", "unblock"] as const), userId: other.id }),
    () => one.obey({ type: pick(["watch", "unwatch"] as const), userIds: [other.id, crypto.randomUUID()] }),
    () => one.obey({ type: "react", peerId: other.id, messageId, emoji: pick(["👍", null]) }),
    () => one.obey({ type: "unsend", peerId: other.id, messageId }),
    () => one.obey({ type: "rename", name: "n".repeat(1 + stage.random() * 30) }),
    () => one.obey({ type: "seen", peerId: other.id, messageId }),
    () => comeSlowly(stage, one.id),
  ]
  pick(deeds)()
}

/** A socket that takes a few things and then reads no more, or never was there again. */
function comeSlowly(stage: Stage, id: string): void {
  const slow = knock(stage, id)
  slow.room = 5
  stage.flush()
  if (stage.random() < 0.5) slow.drop()
}

test("what was accepted by a client_id is answered alike when its text is held no longer (C5, C18)", () => {
  const stage = createStage({ rules: { journal: { messages: 3, bytes: 0 } } })
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  anna.say(ben.id, "the first", "one")
  for (let i = 0; i < 5; i++) anna.say(ben.id, `later ${i}`)
  stage.flush()
  const [echo] = anna.of("message")
  const before = ben.events.length
  anna.say(ben.id, "the first", "one")
  anna.say(ben.id, "something else", "one")
  stage.flush()
  expect(anna.of("message").at(-1)?.message.id).toBe(echo?.message.id as string)
  expect(anna.of("message").at(-1)?.message.at).toBe(echo?.message.at as number)
  expect(anna.refused.map(({ reason }) => reason)).toEqual(["id-reused"])
  expect(ben.events.slice(before)).toEqual([])
})

test("a conversation that the journal lets go of is watched no longer (C18)", () => {
  const stage = createStage({ rules: { journal: { messages: 1, bytes: 0 } } })
  const [anna, ben, cleo] = [stage.join("anna"), stage.join("ben"), stage.join("cleo")]
  const handledOnRename = (one: RecordingOutlet) => {
    const before = handled(stage, anna)
    one.obey({ type: "rename", name: crypto.randomUUID().slice(0, 8) })
    stage.flush()
    return handled(stage, anna) - before
  }
  ben.say(anna.id, "hello")
  stage.flush()
  expect(handledOnRename(ben)).toBe(1)
  cleo.say(anna.id, "hello")
  stage.flush()
  expect(handledOnRename(cleo)).toBe(1)
  expect(handledOnRename(ben)).toBe(0)
})

/** Messages that somebody's session has handled. */
function handled(stage: Stage, { session }: RecordingOutlet): number {
  return stage.system.inspect(session)?.processed ?? Number.NaN
}

test("one who is watched by wish stays watched when the conversation goes (C18)", () => {
  const stage = createStage({ rules: { journal: { messages: 1, bytes: 0 } } })
  const [anna, ben, cleo] = [stage.join("anna"), stage.join("ben"), stage.join("cleo")]
  anna.obey({ type: "watch", userIds: [ben.id] })
  ben.say(anna.id, "hello")
  stage.flush()
  cleo.say(anna.id, "hello")
  stage.flush()
  ben.obey({ type: "rename", name: "bennie" })
  stage.flush()
  expect(anna.of("presence").at(-1)?.person.name).toBe("bennie")
})

test("beyond the bound of what is in flight the peer with the most of it pays (C18)", () => {
  const dropped: string[] = []
  const outstanding = new InFlight({
    account: new Account(),
    dropped: (peerId, messageId) => dropped.push(`${peerId} ${messageId}`),
    forgotten: () => {},
  })
  outstanding.add("cleo", "c0")
  for (let i = 0; i <= inFlightAtMost; i++) outstanding.add("ben", `b${i}`)
  expect(dropped).toEqual(["ben b0", "ben b1"])
  expect(outstanding.end("cleo")).toEqual(["c0"])
})

test("peers to whom nothing is on its way are forgotten, and then those who waited longest (C18)", () => {
  const [dropped, forgotten]: [string[], string[]] = [[], []]
  const account = new Account()
  const outstanding = new InFlight({
    account,
    dropped: (peerId) => dropped.push(peerId),
    forgotten: (peerId) => forgotten.push(peerId),
  })
  for (let i = 0; i < peersAtMost; i++) outstanding.add(`${i}`, `m${i}`)
  expect([dropped, forgotten]).toEqual([[], []])
  outstanding.deliveredUpTo("500", "m500", undefined)
  outstanding.add("another", "n1")
  expect([dropped, forgotten]).toEqual([[], ["500"]])
  outstanding.add("one more", "n2")
  expect([dropped, forgotten]).toEqual([["0"], ["500", "0"]])
  expect(account.bytes).toBe(peersAtMost * (costs.peer + costs.inFlight))
})

test("each thing gives back what it was charged, and is bounded in number (C18)", () => {
  const most = (play: (account: Account, i: number) => void, times: number) => {
    const account = new Account()
    let highest = 0
    for (let i = 0; i < times; i++) {
      play(account, i)
      highest = Math.max(highest, account.bytes)
    }
    return { highest, rest: account.bytes }
  }
  const parts = new WeakMap<Account, object>()
  const part = <T extends object>(account: Account, make: () => T): T => {
    const made = (parts.get(account) as T | undefined) ?? make()
    parts.set(account, made)
    return made
  }

  const undelivered = most((account, i) => {
    part(account, () => new Undelivered(account)).add({ peerId: "p", messageId: `${i}`, reason: "left" })
  }, 2000)
  expect(undelivered).toEqual({ highest: 500 * costs.loss, rest: 500 * costs.loss })

  const ids = most((account, i) => {
    part(account, () => new Idempotency(account)).note(entryOf(i, `${i % 10}${i}`.padStart(6, "0")))
  }, 2000)
  expect(ids.rest).toBe(256 * (costs.idempotencyKey + textCost("000000")))

  const suppressed = most((account, i) => {
    const suppressed = part(account, () => new Suppressed(account))
    suppressed.add(entryOf(i).message)
    suppressed.heard("anna")
    if (i === 999) suppressed.forget("anna")
  }, 1000)
  expect(suppressed).toEqual({ highest: 32 * costs.run, rest: 0 })

  const flying = most((account, i) => {
    const outstanding = part(account, () => new InFlight({ account, dropped() {}, forgotten() {} }))
    outstanding.add(`${i % 7}`, `${i}`)
    if (i === 4999) for (let peer = 0; peer < 7; peer++) outstanding.end(`${peer}`)
  }, 5000)
  expect(flying).toEqual({ highest: inFlightAtMost * costs.inFlight + 7 * costs.peer, rest: 0 })
})

test("a journal gives back all that its messages, reactions and conversations were charged (C18)", () => {
  const account = new Account()
  const journal = new Journal({ messages: 0, bytes: 0 }, account)
  for (let i = 0; i < 20; i++) {
    const conversation = journal.with({
      id: `${i % 5}`,
      name: "peer",
      online: true,
      away: false,
      gone: false,
    })
    const entry = journal.append(conversation, entryOf(i, `${i}`).message, false)
    journal.react(conversation, entry.message.id, "anna", "👍")
    if (i % 3 === 0) journal.redact(conversation, entry)
  }
  expect(account.bytes).toBeGreaterThan(20 * costs.entry)
  journal.release(account.bytes)
  expect(account.bytes).toBe(0)
  expect(account.journal).toBe(0)
})

function entryOf(i: number, clientId?: string): Entry {
  const id = `m${`${i}`.padStart(8, "0")}`
  const message = new Message(id, "anna", "ben", "text", 0, 4, undefined, false)
  return { type: "message", seq: i + 1, message, own: true, clientId }
}
