import { expect, test } from "bun:test"
import { createStage, graceMs, windowMs } from "../support/stage.ts"

test("who is offline may be back; who is gone is told apart, once their window is over (C11)", () => {
  const { join, flush, advance } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  const howBenIs = () => anna.of("presence").at(-1)?.person
  anna.say(ben.id, "hi")
  ben.drop()
  flush()
  advance(graceMs)
  expect(howBenIs()).toEqual({ id: ben.id, name: "ben", online: false, away: false, gone: false })
  advance(windowMs)
  expect(howBenIs()).toEqual({ id: ben.id, name: "ben", online: false, away: false, gone: true })
  join("ben", { id: ben.id })
  expect(howBenIs()).toEqual({ id: ben.id, name: "ben", online: true, away: false, gone: false })
})

test("who leaves by their own wish is gone at once, and so is somebody who never was here (C11)", () => {
  const { join, flush } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  anna.obey({ type: "watch", userIds: [ben.id, "nobody"] })
  flush()
  expect(anna.of("presence").map(({ person }) => [person.id, person.gone])).toEqual([
    [ben.id, false],
    ["nobody", true],
  ])
  ben.obey({ type: "leave" })
  flush()
  expect(anna.of("presence").at(-1)?.person).toMatchObject({ id: ben.id, gone: true })
})
