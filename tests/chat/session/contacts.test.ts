import { expect, test } from "bun:test"
import { createStage } from "../../support/stage.ts"

test("blocking somebody once more is no error, also when no other can be blocked", () => {
  const { join, flush } = createStage()
  const anna = join("anna")
  for (let i = 0; i < 500; i++) anna.obey({ type: "block", userId: `person ${i}` })
  flush()
  anna.obey({ type: "block", userId: "person 7" })
  flush()
  expect(anna.refused).toEqual([])
  anna.obey({ type: "block", userId: "one more" })
  flush()
  expect(anna.refused).toEqual([{ reason: "too-many-blocked", bound: 500 }])
})

test("somebody who is named twice in a watch is watched, and charged, once (C18)", () => {
  const { join, flush, post } = createStage()
  const anna = join("anna")
  const held = () => post.find(anna.id)?.account.bytes
  const before = held()
  anna.obey({ type: "watch", userIds: ["ben", "ben", "cleo"] })
  flush()
  anna.obey({ type: "unwatch", userIds: ["ben", "cleo"] })
  flush()
  expect(held()).toBe(before)
})
