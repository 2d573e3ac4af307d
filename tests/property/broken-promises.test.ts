import { expect, test } from "bun:test"
import { drained, knock } from "../chat/presence/at-once.ts"
import { createStage, windowMs } from "../support/stage.ts"

/** Promises that were once found broken. */

test("a device that slept through the end of a session is not resumed into the session that another began", () => {
  const stage = createStage()
  const [laptop, ben] = [stage.join("anna"), stage.join("ben")]
  for (const content of ["one", "two"]) ben.say(laptop.id, content)
  stage.flush()
  laptop.acknowledge(2)
  laptop.drop()
  stage.flush()
  stage.advance(windowMs)
  const phone = knock(stage, laptop.id)
  stage.flush()
  for (const content of ["three", "four", "five"]) ben.say(laptop.id, content)
  stage.flush()
  phone.acknowledge(3)
  stage.flush()
  const awake = knock(stage, laptop.id, laptop.at(2))
  stage.flush()
  expect(phone.contents).toEqual(["three", "four", "five"])
  expect(awake.greeting.resumed).toBe(false)
  expect(awake.contents).toEqual(["three", "four", "five"])
})

test("a client that met a gap in its replay does not confirm what fell into it", () => {
  const stage = createStage({ rules: { journal: { messages: 4, bytes: 0 } } })
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  for (let i = 1; i <= 4; i++) anna.say(ben.id, `message ${i}`)
  stage.flush()
  ben.acknowledge(4)
  const slow = knock(stage, ben.id, ben.at(0))
  slow.room = 2
  stage.flush()
  for (let i = 5; i <= 10; i++) anna.say(ben.id, `message ${i}`)
  stage.flush()
  slow.room = Number.POSITIVE_INFINITY
  ben.session.signal({ type: "drained", outlet: slow })
  stage.flush()
  expect(slow.of("resync")).toEqual([{ type: "resync", from: 7 }])
  slow.acknowledge(10)
  stage.flush()
  stage.presence.signal({ type: "leave", id: ben.id, session: undefined })
  stage.flush()
  const fell = anna.of("message").filter(({ seq }) => seq === 5 || seq === 6)
  const lost = anna.of("undelivered").map(({ messageId }) => messageId)
  expect(lost).toEqual(fell.map(({ message }) => message.id))
})

test("the repeat of a message that is lost is answered by its echo, and then by the loss", () => {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  anna.say(ben.id, "hello", "c1")
  stage.flush()
  stage.presence.signal({ type: "leave", id: ben.id, session: undefined })
  stage.flush()
  const back = knock(stage, anna.id, anna.at(1))
  back.events.length = 0
  stage.flush()
  back.say(ben.id, "hello", "c1")
  stage.flush()
  const told = back.events.slice(back.events.findIndex(({ type }) => type === "message"))
  expect(told.map(({ type }) => type)).toEqual(["message", "undelivered"])
})

test("the repeat of a message whose echo was lost is answered by its echo, and then by how far it has come", () => {
  const stage = createStage({ rules: { journal: { messages: 3, bytes: 0 } } })
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  anna.say(ben.id, "hello", "c1")
  stage.flush()
  ben.acknowledge(1)
  for (let i = 0; i < 3; i++) ben.say(anna.id, `answer ${i}`)
  stage.flush()
  const back = knock(stage, anna.id, anna.at(0))
  stage.flush()
  const replayed = back.events.length
  back.say(ben.id, "hello", "c1")
  stage.flush()
  const id = anna.of("message")[0]?.message.id
  expect(back.contents).toEqual(["answer 0", "answer 1", "answer 2", "hello"])
  expect(back.events.slice(replayed)).toMatchObject([
    { type: "message", message: { id } },
    { type: "progress", messageId: id, progress: "delivered" },
  ])
})

test("a repeat that is answered during a replay does not bring how far the others have come ahead of what is undelivered", () => {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  for (const n of [1, 2]) anna.say(ben.id, `message ${n}`, `c${n}`)
  stage.flush()
  stage.presence.signal({ type: "leave", id: ben.id, session: undefined })
  stage.flush()
  const again = knock(stage, ben.id)
  stage.flush()
  anna.say(ben.id, "message 3", "c3")
  stage.flush()
  again.acknowledge(1)
  stage.flush()
  const slow = knock(stage, anna.id, anna.at(3))
  slow.room = 1
  stage.flush()
  slow.say(ben.id, "message 3", "c3")
  stage.flush()
  drained(anna, slow, Number.POSITIVE_INFINITY)
  stage.flush()
  const [one, two, three] = anna.of("message").map(({ message }) => message.id)
  expect(slow.events.filter(({ type }) => type !== "presence" && type !== "talks")).toMatchObject([
    { type: "undelivered", messageId: one },
    { type: "message", message: { id: three } },
    { type: "undelivered", messageId: two },
    { type: "progress", messageId: three },
  ])
})

test("a leave ends the session now: what is said after it is not taken", () => {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  anna.obey({ type: "leave" })
  anna.say(ben.id, "after the leave")
  stage.flush()
  expect(anna.closed).toBe("left")
  expect(ben.contents).toEqual([])
})
