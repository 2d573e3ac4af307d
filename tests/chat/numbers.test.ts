import { expect, test } from "bun:test"
import { EndedNumbers } from "../../src/chat/ended-numbers.ts"
import { Numbers } from "../../src/chat/numbers.ts"
import { createStage } from "../support/stage.ts"
import { knock, numbersOf } from "./at-once.ts"

test("numbers ascend, and none is of an earlier session (C8)", () => {
  const numbers = new Numbers(7)
  expect(numbers.newest).toBe(0)
  expect([numbers.next(), numbers.next()]).toEqual([8, 9])
  expect([0, 1, 7, 8, 9, 10].filter((number) => numbers.includes(number))).toEqual([0, 8, 9])
})

test("numbers that a client tells of later are passed over too", () => {
  const numbers = new Numbers()
  numbers.next()
  numbers.passOver(4)
  numbers.passOver(3)
  expect(numbers.next()).toBe(5)
  expect([1, 2, 4, 5].filter((number) => numbers.includes(number))).toEqual([1, 5])
})

test("a server that restarted goes by the first cursor it is told, with room for a device that was ahead (C8)", () => {
  const stage = createStage()
  const [ben, id] = [stage.join("ben"), crypto.randomUUID()]
  const laptop = knock(stage, id, 5)
  stage.flush()
  expect(laptop.greeting).toMatchObject({ resumed: false, seq: 0 })
  for (let i = 0; i < 9; i++) ben.say(id, `message ${i}`)
  stage.flush()
  expect(Math.min(...numbersOf(laptop))).toBeGreaterThan(5)
  const phone = knock(stage, id, 7)
  stage.flush()
  expect(phone.greeting.resumed).toBe(false)
  expect(phone.contents).toHaveLength(9)
})

test("a user who comes back after their end goes on above the numbers of before", () => {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  ben.say(anna.id, "before")
  stage.flush()
  anna.obey({ type: "leave" })
  stage.flush()
  const back = knock(stage, anna.id)
  stage.flush()
  ben.say(anna.id, "after")
  stage.flush()
  expect(back.greeting.seq).toBe(0)
  expect(numbersOf(back)).toEqual([2])
})

test("a session in which nothing was said does not forget the numbers of the one before it", () => {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  for (let i = 0; i < 6; i++) ben.say(anna.id, `before ${i}`)
  stage.flush()
  anna.obey({ type: "leave" })
  stage.flush()
  knock(stage, anna.id)
  stage.flush()
  stage.presence.signal({ type: "leave", id: anna.id, session: undefined })
  stage.flush()
  knock(stage, anna.id)
  stage.flush()
  for (let i = 0; i < 9; i++) ben.say(anna.id, `after ${i}`)
  stage.flush()
  const sleeper = knock(stage, anna.id, 6)
  stage.flush()
  expect(sleeper.greeting.resumed).toBe(false)
  expect(sleeper.contents).toHaveLength(9)
})

test("the numbers of those who ended first are forgotten first", () => {
  const ended = new EndedNumbers()
  for (let i = 0; i <= 10_000; i++) ended.remember(`user ${i}`, 1)
  expect(ended.take("user 0")).toBe(0)
  expect(ended.take("user 1")).toBe(1)
})
