import { expect, test } from "bun:test"
import { knock } from "../chat/presence/at-once.ts"
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

test("a leave ends the session now: what is said after it is not taken", () => {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  anna.obey({ type: "leave" })
  anna.say(ben.id, "after the leave")
  stage.flush()
  expect(anna.closed).toBe(4410)
  expect(ben.contents).toEqual([])
})
