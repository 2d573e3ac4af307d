import { expect, test } from "bun:test"
import { Message } from "../../../src/chat/message.ts"
import { messageFrame, numberedFrame } from "../../../src/web/sockets/dialects/message-frame.ts"

/** A message that counts how often it is encoded: its content is read then. */
function watched(content: string) {
  const message = new Message("id", "anna", "ben", content, 0, content.length, undefined, false)
  const reads = { count: 0 }
  Object.defineProperty(message, "content", {
    get: () => {
      reads.count++
      return content
    },
  })
  return { message, reads }
}

test("a message is encoded once for both sides and all dialects", () => {
  const { message, reads } = watched("hello")
  const frame = messageFrame(message)
  expect(messageFrame(message)).toBe(frame)
  expect(JSON.parse(numberedFrame(message, 1, undefined))).toEqual({ ...JSON.parse(frame), seq: 1 })
  expect(JSON.parse(numberedFrame(message, 7, 'c"'))).toEqual({
    ...JSON.parse(frame),
    seq: 7,
    client_id: 'c"',
  })
  expect(reads.count).toBe(1)
})

test("a frame is kept while 50,000 characters of others come, and dropped within 200,000", () => {
  const { message, reads } = watched("hello")
  const come = (characters: number) => {
    for (let i = 0; i < characters / 1000; i++) messageFrame(watched("x".repeat(800)).message)
  }
  messageFrame(message)
  come(50_000)
  messageFrame(message)
  expect(reads.count).toBe(1)
  come(200_000)
  messageFrame(message)
  expect(reads.count).toBe(2)
})

test("a frame larger than half of the cache is not kept", () => {
  const kept = watched("hello")
  const large = watched("x".repeat(100_000))
  for (const { message } of [kept, large, large, kept]) messageFrame(message)
  expect([kept.reads.count, large.reads.count]).toEqual([1, 2])
})
