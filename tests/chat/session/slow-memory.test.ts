import { expect, test } from "bun:test"
import { costs, textCost } from "../../../src/chat/memory/memory-budget.ts"
import { createStage, type RecordingOutlet } from "../../support/stage.ts"
import { eachSeed, knock, type Stage } from "../presence/at-once.ts"

const accountOf = (stage: Stage, { id }: RecordingOutlet) => stage.post.find(id)?.account

test("what a slow socket is still to be told is charged, costs nobody's messages, and is given back (C18)", () => {
  eachSeed(
    (stage) => {
      const [anna, ben] = [stage.join("anna"), stage.join("ben")]
      for (let i = 0; i < 40; i++) {
        ben.say(anna.id, `message ${i}`)
        stage.flush()
        const messageId = ben.of("message").at(-1)?.message.id ?? ""
        ben.obey({ type: "react", peerId: anna.id, messageId, emoji: "👍" })
        stage.flush()
      }
      const account = accountOf(stage, anna)
      const slow = Array.from({ length: 5 }, () => {
        const outlet = knock(stage, anna.id)
        outlet.room = 41
        return outlet
      })
      stage.flush()
      expect(account?.outgoing).toBeGreaterThan(5 * 30 * costs.status)
      ben.say(anna.id, "one more")
      stage.flush()
      expect(anna.of("undelivered")).toEqual([])
      expect(ben.of("undelivered")).toEqual([])
      const held = knock(stage, anna.id)
      stage.flush()
      expect(held.contents).toHaveLength(41)
      for (const each of slow) each.drop()
      stage.flush()
      expect(account?.outgoing).toBe(0)
    },
    { rules: { bytes: 55_000 } },
  )
})

test("a peer's name is charged as long as it is, and given back with the conversation (C18)", () => {
  const stage = createStage({ rules: { journal: { messages: 1, bytes: 0 } } })
  const [anna, ben, cleo] = [stage.join("anna"), stage.join("ben"), stage.join("cleo")]
  ben.say(anna.id, "hello")
  stage.flush()
  ben.obey({ type: "rename", name: "a much longer name than before" })
  stage.flush()
  cleo.say(anna.id, "hello")
  stage.flush()
  const [conversation, entry] = [costs.conversation + textCost("cleo"), costs.entry + textCost("hello", 5)]
  expect(accountOf(stage, anna)?.journal).toBe(conversation + entry)
})
