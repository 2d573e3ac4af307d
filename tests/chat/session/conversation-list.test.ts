import { expect, test } from "bun:test"
import { createStage } from "../../support/stage.ts"

test("a new page gets the whole list of conversations, and then what changes of it (C25)", () => {
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

test("at most fifty rows a second are sent of a list of conversations, whatever changes them (C25)", () => {
  const { join, flush, advance } = createStage()
  const anna = join("anna")
  const others = Array.from({ length: 40 }, (_, n) => join(`other ${n}`))
  for (const each of others) each.say(anna.id, "hello")
  flush()
  advance(100)
  const rows = () => anna.of("talks-changed").reduce((sum, change) => sum + change.rows.length, 0)
  const before = rows()
  for (let ms = 0; ms < 4000; ms += 50) {
    for (const each of others) each.obey({ type: "rename", name: `at ${ms}` })
    flush()
    advance(50)
  }
  expect(rows() - before).toBeGreaterThan(100)
  expect(rows() - before).toBeLessThanOrEqual(200 + others.length)
  expect(anna.of("talks-changed").at(-1)?.rows).toHaveLength(40)
})
