import { expect, test } from "bun:test"
import { createStage } from "../../support/stage.ts"

const minute = 60_000

test("somebody at a page from whom nothing comes for five minutes is away, and those who talk with them are told (C11)", () => {
  const { join, flush, advance, directory } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  ben.say(anna.id, "hello")
  flush()
  const annas = () => ben.of("presence").filter(({ person }) => person.id === anna.id)
  advance(5 * minute - 1)
  expect(annas().at(-1)?.person.away).toBe(false)
  advance(1)
  expect(annas().at(-1)?.person).toMatchObject({ online: true, away: true })
  expect(directory.find(anna.id)).toMatchObject({ online: true, away: true })
})

test("each sign of somebody begins the five minutes anew, and an acknowledgement is none (C11)", () => {
  const { join, flush, advance, directory } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  advance(4 * minute)
  anna.obey({ type: "status", away: false })
  flush()
  ben.say(anna.id, "are you there?")
  flush()
  advance(4 * minute)
  anna.acknowledge(1)
  flush()
  expect(directory.find(anna.id)?.away).toBe(false)
  advance(minute)
  expect(directory.find(anna.id)?.away).toBe(true)
  anna.say(ben.id, "back")
  flush()
  expect(directory.find(anna.id)?.away).toBe(false)
})
