import { expect, test } from "bun:test"
import { Message } from "../../../../src/chat/message.ts"
import { Journal } from "../../../../src/chat/session/delivery/journal.ts"

const anna = { id: "anna", name: "Anna", online: true, away: false, gone: false }
const ben = { id: "ben", name: "Ben", online: true, away: false, gone: false }
let serial = 0

function message(bytes = 10): Message {
  return new Message(`m${++serial}`, "anna", "me", "x".repeat(bytes), 0, bytes, undefined, false)
}

test("numbers ascend over all conversations, and a replay is in their order", () => {
  const journal = new Journal({ messages: 10, bytes: 0 })
  for (const peer of [anna, ben, anna, ben]) journal.append(journal.with(peer), message(), false)
  expect(journal.held().map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  expect(journal.since(2)).toEqual(journal.held(2))
})

test("the largest conversation pays for a flood (C4)", () => {
  const journal = new Journal({ messages: 5, bytes: 0 })
  journal.append(journal.with(ben), message(), false)
  for (let i = 0; i < 50; i++) {
    journal.append(journal.with(anna), message(), false)
    journal.shed()
  }
  expect(journal.with(ben).entries.map(({ seq }) => seq)).toEqual([1])
  expect(journal.with(anna).entries.map(({ seq }) => seq)).toEqual([48, 49, 50, 51])
  expect(journal.with(anna).truncated).toBe(true)
  expect(journal.with(ben).truncated).toBe(false)
})

test("it is bounded in bytes too (C4)", () => {
  const journal = new Journal({ messages: 0, bytes: 100 })
  journal.append(journal.with(ben), message(30), false)
  const evicted = [60, 60, 60].flatMap((bytes) => {
    journal.append(journal.with(anna), message(bytes), false)
    return journal.shed().entries
  })
  expect(evicted.map(({ seq }) => seq)).toEqual([2, 3])
  expect(journal.held().map(({ seq }) => seq)).toEqual([1, 4])
})

test("a gap is told only to those who lack what is gone", () => {
  const journal = new Journal({ messages: 2, bytes: 0 })
  for (let i = 0; i < 4; i++) journal.append(journal.with(anna), message(), false)
  journal.shed()
  expect(journal.since(1)).toBe("gap")
  expect(journal.since(2)).toEqual(journal.held())
  expect(journal.since(4)).toEqual([])
})
