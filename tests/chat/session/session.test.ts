import { expect, test } from "bun:test"
import { createStage, graceMs, windowMs } from "../../support/stage.ts"
import { numbersOf } from "../presence/at-once.ts"

test("a classic user ends with the socket, after what was said before (C7)", () => {
  const { join, flush, directory } = createStage()
  const [anna, ben] = [join("anna", { classic: true }), join("ben", { classic: true })]
  anna.say(ben.id, "bye")
  anna.drop()
  flush()
  expect(ben.contents).toEqual(["bye"])
  expect(directory.find(anna.id)).toBeUndefined()
})

test("a page's user is shown as online for the grace, and is here for the window (C7)", () => {
  const { join, flush, advance, directory } = createStage()
  const anna = join("anna")
  anna.drop()
  flush()
  advance(graceMs - 1)
  expect(directory.find(anna.id)?.online).toBe(true)
  advance(1)
  expect(directory.find(anna.id)?.online).toBe(false)
  advance(windowMs - graceMs - 1)
  expect(directory.find(anna.id)).toBeDefined()
  advance(1)
  expect(directory.find(anna.id)).toBeUndefined()
})

test("one who comes back within the window is the same session, and gets what came meanwhile (C8)", () => {
  const { join, flush, advance } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  ben.say(anna.id, "one")
  flush()
  anna.drop()
  flush()
  advance(graceMs + 1)
  ben.say(anna.id, "two")
  flush()
  const back = join("anna", { id: anna.id, cursor: anna.at(1) })
  expect(back.greeting).toMatchObject({ resumed: true, seq: 2 })
  expect(back.contents).toEqual(["two"])
  advance(windowMs * 2)
  ben.say(anna.id, "three")
  flush()
  expect(back.contents).toEqual(["two", "three"])
})

test("one who comes back after the window begins anew, and is told so (C8)", () => {
  const { join, flush, advance } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  ben.say(anna.id, "one")
  flush()
  anna.drop()
  flush()
  advance(windowMs)
  const back = join("anna", { id: anna.id, cursor: anna.at(1) })
  expect(back.greeting).toMatchObject({ resumed: false, seq: 0, id: anna.id })
  expect(ben.of("undelivered")).toHaveLength(1)
})

test("a number above the newest is found out: all that is held comes again, after a resync (C8)", () => {
  const { join, flush, advance } = createStage()
  const anna = join("anna")
  const ben = join("ben")
  ben.say(anna.id, "one")
  flush()
  const second = join("anna", { id: anna.id, cursor: anna.at(99) })
  expect(second.greeting.resumed).toBe(true)
  expect(second.of("resync")).toEqual([{ type: "resync", from: 1 }])
  expect(second.contents).toEqual(["one"])
  anna.drop()
  second.drop()
  flush()
  advance(windowMs)
  expect(ben.of("undelivered")).toHaveLength(1)
})

test("a replay goes out as there is room, each message once and in order, before anything live (C9)", () => {
  const { join, flush } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  for (let i = 0; i < 10; i++) ben.say(anna.id, `held ${i}`)
  flush()
  const second = join("anna", { id: anna.id, cursor: anna.at(0) })
  expect(second.live).toBe(true)
  const slow = join("anna", { id: anna.id, cursor: anna.at(2) })
  expect(slow.contents).toEqual(Array.from({ length: 8 }, (_, i) => `held ${i + 2}`))
})

test("what comes while a replay waits for room is part of the replay (C9)", () => {
  const { join, flush, presence } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  for (let i = 0; i < 6; i++) ben.say(anna.id, `message ${i}`)
  flush()
  const slow = join("other", {})
  slow.events.length = 0
  slow.room = 2
  presence.signal({
    type: "join",
    user: { id: anna.id, name: "anna", classic: false },
    first: { type: "attach", outlet: slow, cursor: anna.at(0) },
  })
  flush()
  expect(slow.contents).toEqual(["message 0", "message 1"])
  ben.say(anna.id, "message 6")
  flush()
  slow.room = Number.POSITIVE_INFINITY
  anna.session.signal({ type: "drained", outlet: slow })
  flush()
  ben.say(anna.id, "message 7")
  flush()
  expect(slow.contents).toEqual(Array.from({ length: 8 }, (_, i) => `message ${i}`))
})

test("a resume above a gap says resync, and then sends all that is held (C9)", () => {
  const { join, flush } = createStage({ rules: { journal: { messages: 3, bytes: 0 } } })
  const [anna, ben] = [join("anna"), join("ben")]
  for (let i = 0; i < 6; i++) ben.say(anna.id, `message ${i}`)
  flush()
  const back = join("anna", { id: anna.id, cursor: anna.at(1) })
  expect(back.of("resync")).toEqual([{ type: "resync", from: 4 }])
  expect(back.contents).toEqual(["message 3", "message 4", "message 5"])
})

test("one socket too many replaces the oldest (C10)", () => {
  const { join } = createStage({ rules: { outlets: 2 } })
  const first = join("anna")
  const second = join("anna", { id: first.id })
  const third = join("anna", { id: first.id })
  expect([first.closed, second.closed, third.closed]).toEqual(["replaced", undefined, undefined])
})

test("a leave ends the session at once, on all its sockets (C7)", () => {
  const { join, flush, presence, directory } = createStage()
  const first = join("anna")
  const second = join("anna", { id: first.id })
  presence.signal({ type: "leave", id: first.id, session: undefined })
  flush()
  expect([first.closed, second.closed]).toEqual(["left", "left"])
  expect(directory.find(first.id)).toBeUndefined()
})

test("what was seen is unread no more, for all the sockets of a user", () => {
  const { join, flush, advance } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  ben.say(anna.id, "one")
  ben.say(anna.id, "two")
  flush()
  advance(100)
  expect(anna.of("talks-changed").at(-1)?.rows).toMatchObject([{ talk: { unread: 2 } }])
  anna.obey({ type: "seen", peerId: ben.id, messageId: anna.of("message")[1]?.message.id ?? "" })
  flush()
  advance(100)
  expect(anna.of("talks-changed").at(-1)?.rows).toMatchObject([{ talk: { unread: 0 } }])
})

test("those one talks with are watched: their going and coming is told at once (C11)", () => {
  const { join, flush, advance } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  anna.say(ben.id, "hi")
  flush()
  ben.drop()
  flush()
  advance(graceMs)
  expect(anna.of("presence").at(-1)?.person).toMatchObject({ name: "ben", online: false, gone: false })
  join("ben", { id: ben.id })
  expect(anna.of("presence").at(-1)?.person).toMatchObject({ name: "ben", online: true, gone: false })
})

test("one who comes back in the very turn in which they left begins anew (C8)", () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { join, presence, system, post } = createStage({ seed })
    const anna = join("anna")
    presence.signal({ type: "leave", id: anna.id, session: undefined })
    const back = join("anna", { id: anna.id })
    expect(back.greeting.resumed).toBe(false)
    expect(post.find(anna.id)?.ref.id).toBe(back.session.id)
    expect(system.inspect(back.session)).toBeDefined()
  }
})

test("when presence fails, sockets are told to come back and not that they left (C6)", () => {
  const { join, presence, advance, directory, flush } = createStage()
  const [anna, ben] = [join("anna"), join("ben", { classic: true })]
  const broken = {
    type: "join",
    get user(): never {
      throw new Error("broken")
    },
  }
  presence.signal(
    Object.assign(broken, { first: { type: "grace-over" } } as const, { type: "join" } as const),
  )
  flush()
  expect([anna.closed, ben.closed]).toEqual(["failed", "failed"])
  advance(60_000)
  expect(directory.size).toBe(0)
  expect(join("anna", { id: anna.id }).greeting.resumed).toBe(false)
})

test("what the journal let go of while a client is at hand is lost only when that client never says it has it (C4)", () => {
  const { join, flush } = createStage({ rules: { journal: { messages: 3, bytes: 0 } } })
  const [anna, ben] = [join("anna"), join("ben")]
  for (let i = 0; i < 8; i++) anna.say(ben.id, `message ${i}`)
  flush()
  expect(anna.of("undelivered")).toEqual([])
  ben.acknowledge(6)
  ben.drop()
  flush()
  for (let i = 8; i < 12; i++) anna.say(ben.id, `message ${i}`)
  flush()
  const back = join("ben", { id: ben.id, cursor: ben.at(6) })
  expect(back.of("resync")).toHaveLength(1)
  const lost = new Set(anna.of("undelivered").map(({ messageId }) => messageId))
  const said = anna.of("message").map(({ message }) => message.id)
  expect([...lost].sort()).toEqual(said.slice(6, 9))
})

test("a cursor of another epoch resumes nothing, whatever its number is (C8)", () => {
  const { join, flush, advance } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  for (let i = 0; i < 4; i++) ben.say(anna.id, `before ${i}`)
  flush()
  anna.drop()
  flush()
  advance(windowMs)
  const first = join("anna", { id: anna.id })
  for (let i = 0; i < 6; i++) ben.say(anna.id, `after ${i}`)
  flush()
  expect(numbersOf(first)).toEqual([1, 2, 3, 4, 5, 6])
  const second = join("anna", { id: anna.id, cursor: anna.at(4) })
  expect(second.greeting.resumed).toBe(false)
  expect(second.contents).toHaveLength(6)
  const third = join("anna", { id: anna.id, cursor: first.at(4) })
  expect(third.greeting.resumed).toBe(true)
  expect(third.contents).toEqual(["after 4", "after 5"])
})

test("what a form says to a session is said once: nobody comes back when the window is over (C7)", () => {
  const { presence, join, flush, advance, directory } = createStage()
  const outlet = join("other")
  const user = { id: crypto.randomUUID(), name: "anna", classic: false }
  const command = { type: "rename", name: "Anna" } as const
  presence.signal({ type: "join", user, first: { type: "command", outlet, command } })
  flush()
  expect(directory.find(user.id)?.name).toBe("Anna")
  advance(windowMs * 3)
  expect(directory.find(user.id)).toBeUndefined()
})
