import { expect, test } from "bun:test"
import { createStage } from "../support/stage.ts"

test("whoever comes to look gets the whole list of conversations, and then what changes of it (C19)", () => {
  const { join, flush, advance } = createStage()
  const [anna, ben, cleo] = [join("anna"), join("ben"), join("cleo")]
  for (const each of [ben, cleo]) {
    each.say(anna.id, "hello")
    flush()
  }
  const second = join("anna", { id: anna.id })
  expect(second.of("talks").map(({ talks }) => talks.map(({ peer }) => peer.name))).toEqual([["cleo", "ben"]])
  ben.say(anna.id, "hello again")
  flush()
  advance(100)
  const rows = second
    .of("talks-changed")
    .map(({ rows }) => rows.map(({ talk, above }) => [talk.peer.name, above]))
  expect(rows).toEqual([[["ben", undefined]]])
  expect(anna.of("talks-changed").at(-1)).toBe(second.of("talks-changed").at(-1))
})
