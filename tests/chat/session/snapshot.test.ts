import { expect, test } from "bun:test"
import { Account } from "../../../src/chat/memory/memory-budget.ts"
import { Message } from "../../../src/chat/message.ts"
import { Journal } from "../../../src/chat/session/delivery/journal.ts"
import { Undelivered } from "../../../src/chat/session/delivery/undelivered.ts"
import { linesAtOnce, type OpenTalk, openTalkOf } from "../../../src/chat/session/snapshot.ts"

const anna = { id: "anna", name: "Anna", online: true, away: false, gone: false }

/** A conversation with Anna in which messages of these numbers were heard in this order; every third is one's own. */
function heard(numbers: readonly number[], messages = 0) {
  const journal = new Journal({ messages, bytes: 0 })
  const conversation = journal.with(anna)
  for (const n of numbers) {
    const own = n % 3 === 0
    const [from, to] = own ? ["me", "anna"] : ["anna", "me"]
    const replyTo = n === 190 ? id(20) : n === 191 ? id(189) : undefined
    journal.append(conversation, new Message(id(n), from, to, `said ${n}`, n, 7, replyTo, false), own)
    journal.shed()
  }
  return conversation
}

function id(n: number): string {
  return `m-${String(n * 10).padStart(6, "0")}`
}

function upTo(last: number, first = 1): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

function ids(talk: OpenTalk | undefined): string[] {
  return talk?.entries.map(({ message }) => message.id) ?? []
}

test("a page is given the newest fifty, and then those before them, each once, to the first", () => {
  const conversation = heard(upTo(201))
  const pieces: string[][] = []
  for (let before: string | undefined; ; ) {
    const talk = openTalkOf(conversation, new Undelivered(new Account()), before)
    pieces.unshift(ids(talk))
    if (!talk?.earlier) break
    before = talk.entries[0]?.message.id
  }
  expect(pieces.map(({ length }) => length)).toEqual([1, linesAtOnce, linesAtOnce, linesAtOnce, linesAtOnce])
  expect(pieces.flat()).toEqual(upTo(201).map(id))
})

test("messages stand in the order of their numbers, whatever their ids say, in whichever piece that is", () => {
  const order = [...upTo(60), 62, 61, ...upTo(110, 63), 30.5, 111]
  const conversation = heard(order)
  const newest = openTalkOf(conversation, new Undelivered(new Account()))
  const earlier = openTalkOf(conversation, new Undelivered(new Account()), newest?.entries[0]?.message.id)
  expect([...ids(earlier), ...ids(newest)]).toEqual(order.slice(-2 * linesAtOnce).map(id))
  expect(earlier?.earlier).toBe(true)
})

test("what is unread is counted in all of the conversation, and the first of it named", () => {
  const conversation = heard(upTo(200))
  conversation.see(id(20))
  const talk = openTalkOf(conversation, new Undelivered(new Account()))
  expect(talk?.firstUnread).toBe(id(22))
  expect(talk?.unread).toBe(upTo(200, 21).filter((n) => n % 3 !== 0).length)
  conversation.see(id(200))
  expect(openTalkOf(conversation, new Undelivered(new Account()))?.firstUnread).toBeUndefined()
})

test("marks are given of these messages alone, and the words of what they answer further up", () => {
  const conversation = heard(upTo(200))
  const undelivered = new Undelivered(new Account())
  for (const n of [30, 180]) {
    conversation.react(id(n), "anna", "🎉")
    undelivered.add({ peerId: "anna", messageId: id(n), reason: "left" })
  }
  const talk = openTalkOf(conversation, undelivered)
  expect([...(talk?.reactions.keys() ?? [])]).toEqual([id(180)])
  expect([...(talk?.undelivered ?? [])]).toEqual([[id(180), "left"]])
  expect([...(talk?.answered ?? [])]).toEqual([[id(20), "said 20"]])
})

test("what the bounds let go of is said to be gone, at the beginning of what is held and before a message that is not", () => {
  const conversation = heard(upTo(100), 80)
  expect(openTalkOf(conversation, new Undelivered(new Account()))?.earlier).toBe(true)
  const rest = openTalkOf(conversation, new Undelivered(new Account()), id(51))
  expect([ids(rest)[0], rest?.earlier, rest?.truncated]).toEqual([id(21), false, true])
  const whole = heard(upTo(10))
  expect(openTalkOf(whole, new Undelivered(new Account()), id(5))?.truncated).toBe(false)
  const other = openTalkOf(whole, new Undelivered(new Account()), id(0))
  expect([ids(other), other?.truncated]).toEqual([[], true])
})
