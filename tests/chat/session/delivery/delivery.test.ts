import { expect, test } from "bun:test"
import { createStage } from "../../../support/stage.ts"

test("every message goes through the mailboxes of both sessions (C1)", () => {
  const { join, flush, system } = createStage()
  const [anna, ben] = [join("anna", { classic: true }), join("ben", { classic: true })]
  const processed = () => [anna, ben].map(({ session }) => system.inspect(session)?.processed ?? 0)
  const [annaBefore = 0, benBefore = 0] = processed()
  for (let i = 0; i < 25; i++) anna.say(ben.id, `message ${i}`)
  flush()
  const [annaAfter = 0, benAfter = 0] = processed()
  expect(annaAfter - annaBefore).toBe(25)
  expect(benAfter - benBefore).toBe(25)
  expect(ben.contents).toHaveLength(25)
})

test("both sides hold one and the same message object (C1)", () => {
  const { join, flush } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  anna.say(ben.id, "one")
  flush()
  expect(anna.of("message")[0]?.message).toBe(ben.of("message")[0]?.message)
})

test("messages of one sender to one receiver arrive in the order sent, whatever the scheduler picks (C2)", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { join, flush } = createStage({ seed })
    const [anna, ben, cleo] = [join("anna"), join("ben"), join("cleo")]
    for (let i = 0; i < 40; i++) {
      anna.say(ben.id, `anna ${i}`)
      cleo.say(ben.id, `cleo ${i}`)
      ben.say(anna.id, `ben ${i}`)
    }
    flush()
    const from = (name: string) => ben.contents.filter((content) => content.startsWith(name))
    expect(from("anna")).toEqual(Array.from({ length: 40 }, (_, i) => `anna ${i}`))
    expect(from("cleo")).toEqual(Array.from({ length: 40 }, (_, i) => `cleo ${i}`))
  }
})

test("what was echoed and not acknowledged is undelivered when the peer leaves (C3)", () => {
  const { join, flush, presence } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  anna.say(ben.id, "one")
  anna.say(ben.id, "two")
  flush()
  ben.acknowledge(1)
  flush()
  presence.signal({ type: "leave", id: ben.id, session: undefined })
  flush()
  const two = anna.of("message")[1]?.message.id
  expect(anna.of("undelivered")).toEqual([
    { type: "undelivered", peerId: ben.id, messageId: two ?? "", reason: "left" },
  ])
})

test("what still waited in the peer's mailbox when it ended is undelivered too (C3)", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { join, flush, presence } = createStage({ seed })
    const [anna, ben] = [join("anna"), join("ben")]
    for (let i = 0; i < 5; i++) anna.say(ben.id, `message ${i}`)
    presence.signal({ type: "leave", id: ben.id, session: undefined })
    flush()
    const echoed = anna.of("message").map(({ message }) => message.id)
    const lost = anna.of("undelivered").map(({ messageId }) => messageId)
    expect(lost).toEqual(echoed)
    expect(anna.refused.length + echoed.length).toBe(5)
  }
})

test("a session that fails says undelivered with the reason failed, and ends nobody else's (C3, C6)", () => {
  const { join, flush, crashes } = createStage()
  const [anna, ben, cleo] = [join("anna"), join("ben"), join("cleo")]
  anna.say(ben.id, "one")
  flush()
  ben.publish = () => {
    throw new Error("broken outlet")
  }
  cleo.say(ben.id, "the last straw")
  flush()
  expect(crashes).toHaveLength(1)
  expect(ben.closed).toBe("failed")
  expect(anna.of("undelivered")).toMatchObject([{ peerId: ben.id, reason: "failed" }])
  expect(cleo.of("undelivered")).toMatchObject([{ peerId: ben.id, reason: "failed" }])
  anna.say(cleo.id, "are you there?")
  flush()
  expect(cleo.contents).toContain("are you there?")
})

test("a message that the peer's journal lets go unread is undelivered as overflow (C4)", () => {
  const { join, flush } = createStage({ rules: { journal: { messages: 3, bytes: 0 } } })
  const [anna, ben] = [join("anna"), join("ben")]
  ben.drop()
  for (let i = 0; i < 5; i++) anna.say(ben.id, `message ${i}`)
  flush()
  expect(anna.of("undelivered")).toMatchObject([{ reason: "overflow" }, { reason: "overflow" }])
})

test("nothing is undelivered twice, or after it was acknowledged (C3)", () => {
  const { join, flush, presence } = createStage({ rules: { journal: { messages: 3, bytes: 0 } } })
  const [anna, ben] = [join("anna"), join("ben")]
  for (let i = 0; i < 5; i++) anna.say(ben.id, `message ${i}`)
  flush()
  ben.acknowledge(4)
  presence.signal({ type: "leave", id: ben.id, session: undefined })
  flush()
  const lost = anna.of("undelivered").map(({ messageId }) => messageId)
  expect(new Set(lost).size).toBe(lost.length)
  expect(lost.at(-1)).toBe(anna.of("message").at(-1)?.message.id)
})

test("a repeated client_id is answered by the same echo and sent once (C5)", () => {
  const { join, flush } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  anna.say(ben.id, "once", "c1")
  anna.say(ben.id, "once", "c1")
  flush()
  const [first, second] = anna.of("message")
  expect(second).toEqual(first)
  expect(ben.contents).toEqual(["once"])
})

test("a client_id used for other content is refused, and one of a refused message may be used again (C5)", () => {
  const { join, flush } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  anna.say("nobody", "lost", "c1")
  anna.say(ben.id, "kept", "c1")
  anna.say(ben.id, "other", "c1")
  flush()
  expect(anna.refused.map(({ reason }) => reason)).toEqual(["receiver-gone", "id-reused"])
  expect(ben.contents).toEqual(["kept"])
})

test("an acknowledgement above the newest number is refused", () => {
  const { join, flush } = createStage()
  const anna = join("anna")
  anna.acknowledge(1)
  flush()
  expect(anna.refused).toEqual([{ reason: "ack-ahead", bound: 0 }])
})

test("a full mailbox of the receiver is overloaded for the sender, and nothing is echoed (C6)", () => {
  const { join, flush } = createStage({ rules: { mailbox: 4 } })
  const ben = join("ben")
  const senders = Array.from({ length: 8 }, (_, i) => join(`sender ${i}`))
  for (const sender of senders) sender.say(ben.id, "hi")
  flush()
  const echoes = senders.flatMap((sender) => sender.of("message"))
  const refusals = senders.flatMap((sender) => sender.refused)
  expect(echoes.length + refusals.length).toBe(8)
  expect(ben.contents).toHaveLength(echoes.length)
  expect(refusals.every(({ reason }) => reason === "receiver-full")).toBe(true)
})
