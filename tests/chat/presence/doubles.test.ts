import { expect, test } from "bun:test"
import { looksOf } from "../../../src/chat/look-alikes.ts"
import { Account, costs } from "../../../src/chat/memory/memory-budget.ts"
import { Doubles } from "../../../src/chat/presence/doubles.ts"
import type { Member } from "../../../src/chat/presence/member.ts"
import { tickMs } from "../../../src/chat/presence/presence.ts"
import { PendingStatuses } from "../../../src/chat/session/outlets/pending-statuses.ts"
import { duetV1 } from "../../../src/web/sockets/dialects/duet-v1.ts"
import { createStage, graceMs } from "../../support/stage.ts"

function scene() {
  const stage = createStage()
  const { advance, directory, flush, join } = stage
  const [anna, alice] = [join("anna"), join("Alice")]
  anna.say(alice.id, "hi")
  flush()
  advance(tickMs)
  /** Names of those whom Anna sees with a mark. */
  const marked = () => directory.latest(200).flatMap(({ name, double }) => (double ? [name] : []))
  /** What Anna was last told of Alice. */
  const told = () => anna.of("presence").findLast(({ person }) => person.id === alice.id)
  return { ...stage, anna, alice, marked, told }
}

test("both who look alike are shown with their marks while both are online, and those they talk with are told (C58)", () => {
  const { advance, alice, flush, join, marked, told } = scene()
  expect([marked(), told()?.person.double]).toEqual([[], undefined])
  const other = join("Аlice")
  expect(marked()).toEqual(["Alice", "Аlice"])
  advance(tickMs)
  expect(told()).toMatchObject({ ofMark: true, person: { id: alice.id, online: true, double: true } })
  other.drop()
  flush()
  advance(graceMs + tickMs)
  expect(marked()).toEqual([])
  expect(told()).toMatchObject({ ofMark: true, person: { online: true } })
  expect(told()?.person.double).toBeUndefined()
})

test("a new name makes doubles, and ends that they are (C58)", () => {
  const { advance, alice, flush, join, marked, told } = scene()
  const other = join("Bob")
  other.obey({ type: "rename", name: "ALICE" })
  flush()
  advance(tickMs)
  expect(marked()).toEqual(["Alice", "ALICE"])
  expect(told()?.person.double).toBe(true)
  alice.obey({ type: "rename", name: "Bob" })
  flush()
  expect(marked()).toEqual([])
  expect(told()).toMatchObject({ person: { name: "Bob" } })
  expect(told()?.person.double).toBeUndefined()
})

test("of three who look alike two are left marked, and of two none (C58)", () => {
  const { flush, join, marked } = scene()
  const [second, third] = [join("alice"), join("AIice")]
  expect(marked()).toEqual(["Alice", "alice", "AIice"])
  second.obey({ type: "leave" })
  flush()
  expect(marked()).toEqual(["Alice", "AIice"])
  third.obey({ type: "leave" })
  flush()
  expect(marked()).toEqual([])
})

test("who has no socket, or is a companion, is nobody's double (C58)", () => {
  const id = "00000000-0000-8000-8000-00000000000e"
  const { directory, flush, join, presence } = createStage({ companions: [id] })
  const user = { id: crypto.randomUUID(), name: "Echo", classic: false }
  join("Echo", { id })
  const echo = join("echo")
  presence.signal({
    type: "join",
    user,
    first: { type: "command", outlet: echo, command: { type: "status", away: false } },
  })
  flush()
  expect([id, user.id, echo.id].map((each) => directory.find(each)?.double)).toEqual([false, false, false])
})

test("however often somebody looks like another and does not, others hear of it once a tick (C58)", () => {
  const { advance, anna, flush, join, told } = scene()
  const other = join("Bob")
  const before = anna.of("presence").length
  for (let i = 0; i < 50; i++) {
    other.obey({ type: "rename", name: i % 2 ? "Bob" : "alice" })
    flush()
  }
  other.obey({ type: "rename", name: "alice" })
  flush()
  advance(tickMs)
  expect(anna.of("presence").length).toBe(before + 1)
  expect(told()?.person.double).toBe(true)
})

test("to duet.v1 a mark is no news, and it hides none that waits (C58)", () => {
  const limits = {
    content_characters: 1,
    frame_bytes: 1,
    messages_per_second: 1,
    burst: 1,
    heartbeat_seconds: 1,
  }
  const v1 = duetV1({ window_seconds: 1, limits })
  const person = { id: "alice", name: "Alice", online: true, away: false, gone: false }
  const ofMark = { type: "presence", person: { ...person, double: true }, ofMark: true } as const
  expect(v1.event(ofMark)).toBeUndefined()
  const account = new Account()
  const waiting = new PendingStatuses([{ type: "presence", person }], account)
  waiting.note(ofMark)
  expect(account.bytes).toBe(costs.status)
  expect(waiting.take()).toEqual({ type: "presence", person: ofMark.person })
})

test("who they are is remembered for those online alone (C58)", () => {
  const doubles = new Doubles()
  const crowd = Array.from({ length: 20 }, (_, i) => {
    const name = ["Alice", "alice", "ΗELLO", "hello", "Bob"][i % 5] ?? ""
    return { name, looks: looksOf(name), double: false, online: true } as unknown as Member
  })
  for (const each of crowd) doubles.add(each)
  expect(crowd.every(({ double }) => double)).toBe(true)
  const lonely = crowd[4]
  for (const each of crowd) if (each !== lonely) doubles.remove(each)
  expect(crowd.some(({ double }) => double)).toBe(false)
  expect(doubles.take()).toContain(lonely as Member)
  if (lonely !== undefined) doubles.remove(lonely)
  expect(doubles.size).toBe(0)
})
