import { expect, test } from "bun:test"
import { createStage } from "../../support/stage.ts"

test("the directory holds data alone: no session is reached through it, and the post has those", () => {
  const { join, directory, post } = createStage()
  const anna = join("Ánna")
  const member = directory.find(anna.id)
  expect(JSON.parse(JSON.stringify(member))).toEqual({ ...member })
  expect(post.find(anna.id)?.member).toBe(member)
  expect(post.sessionOf(anna.id)).toBe(anna.session)
})

test("a user whose session has ended is in neither, and nothing is delivered to them", () => {
  const { join, flush, directory, post, system } = createStage()
  const anna = join("anna")
  system.stop(anna.session)
  flush()
  expect([directory.find(anna.id), post.find(anna.id), post.sessionOf(anna.id)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect([...post.everyone()]).toEqual([])
  expect(post.tell(anna.id, { type: "typing", peerId: "ben", isTyping: true })).toBe("dead")
})
