import { expect, test } from "bun:test"
import { inFlightAtMost } from "../../../src/chat/session/delivery/in-flight.ts"
import { createStage, graceMs, type RecordingOutlet, windowMs } from "../../support/stage.ts"
import { knock } from "../presence/at-once.ts"

/** What random conversations found broken once, each in the fewest steps. */

function isLeftWaiting(outlet: RecordingOutlet): boolean {
  if (outlet.closed !== undefined) return false
  try {
    return outlet.greeting === undefined
  } catch {
    return true
  }
}

const seeds = Array.from({ length: 30 }, (_, i) => i + 1)

test("a socket that comes as its user leaves is welcomed or closed, and not left waiting", () => {
  for (const seed of seeds) {
    const stage = createStage({ seed })
    const anna = stage.join("anna")
    const second = knock(stage, anna.id)
    stage.presence.signal({ type: "leave", id: anna.id, session: undefined })
    stage.flush()
    expect(isLeftWaiting(second)).toBe(false)
  }
})

test("a socket that comes as the window ends is welcomed or closed, and not left waiting", () => {
  for (const seed of seeds) {
    const stage = createStage({ seed })
    const anna = stage.join("anna")
    anna.drop()
    stage.flush()
    stage.advance(windowMs - 1)
    while (stage.directory.find(anna.id) !== undefined && stage.clock.ringNext(stage.clock.now() + 1));
    const back = knock(stage, anna.id)
    stage.flush()
    expect(isLeftWaiting(back)).toBe(false)
  }
})

test("a welcome that was lost hides no new session: the next one says so again, and is whole", () => {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  for (const content of ["one", "two"]) ben.say(anna.id, content)
  stage.flush()
  anna.drop()
  stage.flush()
  stage.advance(graceMs + windowMs)
  const lost = knock(stage, anna.id, anna.at(2))
  stage.flush()
  for (const content of ["three", "four", "five"]) ben.say(anna.id, content)
  lost.drop()
  stage.flush()
  const back = knock(stage, anna.id, anna.at(2))
  stage.flush()
  expect(back.greeting.resumed).toBe(false)
  expect(back.contents).toEqual(["three", "four", "five"])
})

test("undelivered is heard of a message that the sender's own journal no longer holds", () => {
  const stage = createStage({ rules: { journal: { messages: 3, bytes: 0 } } })
  const [anna, ben, cleo] = [stage.join("anna"), stage.join("ben"), stage.join("cleo")]
  anna.say(ben.id, "one")
  stage.flush()
  for (let i = 0; i < 3; i++) cleo.say(anna.id, `cleo ${i}`)
  anna.say(ben.id, "two")
  anna.say(ben.id, "three")
  anna.say(ben.id, "four")
  stage.flush()
  const echoed = anna.of("message").filter(({ own }) => own)
  anna.drop()
  stage.flush()
  stage.presence.signal({ type: "leave", id: ben.id, session: undefined })
  stage.flush()
  const back = knock(stage, anna.id, anna.at(anna.of("message").at(-1)?.seq ?? 0))
  stage.flush()
  const heard = [...anna.of("undelivered"), ...back.of("undelivered")].map(({ messageId }) => messageId)
  if (back.of("resync").length === 0) {
    expect(heard.sort()).toEqual(echoed.map(({ message }) => message.id).sort())
  }
})

test("undelivered is still heard when the message it is about leaves the journal before a resume", () => {
  const stage = createStage({ rules: { journal: { messages: 3, bytes: 0 } } })
  const [anna, ben, cleo] = [stage.join("anna"), stage.join("ben"), stage.join("cleo")]
  for (const content of ["one", "two", "three"]) anna.say(ben.id, content)
  stage.flush()
  anna.drop()
  stage.flush()
  stage.presence.signal({ type: "leave", id: ben.id, session: undefined })
  stage.flush()
  cleo.say(anna.id, "hello")
  stage.flush()
  const back = knock(stage, anna.id, anna.at(3))
  stage.flush()
  if (back.of("resync").length === 0) expect(back.of("undelivered")).toHaveLength(3)
})

test("at a resume what is lost is told before the word on all up to a message, which leaves it out", () => {
  const stage = createStage({ rules: { journal: { messages: 3, bytes: 0 } } })
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  ben.drop()
  stage.flush()
  for (let i = 1; i <= 5; i++) anna.say(ben.id, `message ${i}`)
  stage.flush()
  anna.drop()
  stage.flush()
  const late = knock(stage, ben.id, ben.at(0))
  stage.flush()
  late.acknowledge(5)
  stage.flush()
  const back = knock(stage, anna.id, anna.at(5))
  stage.flush()
  const [one, two, , , five] = anna.of("message").map(({ message }) => message.id)
  const told = back.events.filter((event) => event.type === "undelivered" || event.type === "progress")
  expect(told).toMatchObject([
    { type: "undelivered", messageId: one },
    { type: "undelivered", messageId: two },
    { type: "progress", messageId: five, progress: "delivered" },
  ])
})

test("a message that its receiver's journal could not keep is never called delivered unheard", () => {
  const stage = createStage({ rules: { journal: { messages: 0, bytes: 100 } } })
  const [anna, ben, cleo] = [stage.join("anna"), stage.join("ben"), stage.join("cleo")]
  ben.drop()
  stage.flush()
  for (let i = 0; i < 3; i++) cleo.say(ben.id, "c".repeat(10))
  anna.say(ben.id, "a".repeat(90))
  stage.flush()
  const back = knock(stage, ben.id, ben.at(0))
  stage.flush()
  back.acknowledge(back.greeting.seq)
  stage.flush()
  expect(back.contents).not.toContain("a".repeat(90))
  expect(anna.of("undelivered")).toMatchObject([{ peerId: ben.id, reason: "overflow" }])
  expect(anna.of("progress")).toEqual([])
})

test("a repeat is not answered ahead of the replay that brings its echo", () => {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  for (let i = 0; i < 4; i++) ben.say(anna.id, `message ${i}`)
  stage.flush()
  anna.say(ben.id, "mine", "c1")
  stage.flush()
  const slow = knock(stage, anna.id, anna.at(0))
  slow.room = 2
  stage.flush()
  slow.say(ben.id, "mine", "c1")
  stage.flush()
  slow.room = Number.POSITIVE_INFINITY
  anna.session.signal({ type: "drained", outlet: slow })
  stage.flush()
  expect(slow.of("message").map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
})

test.each([undefined, 1])(
  "what a journal let go of while a dead socket seemed to live is not called delivered (after: %p)",
  (after) => {
    const stage = createStage({ rules: { journal: { messages: 3, bytes: 0 } } })
    const [anna, ben] = [stage.join("anna"), stage.join("ben")]
    for (let i = 0; i < 5; i++) anna.say(ben.id, `message ${i}`)
    stage.flush()
    const back = knock(stage, ben.id, after === undefined ? after : ben.at(after))
    stage.flush()
    back.acknowledge(5)
    stage.flush()
    stage.presence.signal({ type: "leave", id: ben.id, session: undefined })
    stage.flush()
    const lost = anna.of("undelivered").map(({ messageId }) => messageId)
    const missed = anna.of("message").slice(after ?? 0, 2)
    expect(back.contents).toEqual(["message 2", "message 3", "message 4"])
    expect(lost).toEqual(missed.map(({ message }) => message.id))
  },
)

test("a sender who is heard by nobody for very long is told of what is waited for no longer", () => {
  const stage = createStage({ rules: { journal: { messages: 100, bytes: 0 } } })
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  ben.obey({ type: "block", userId: anna.id })
  stage.flush()
  for (let i = 0; i < inFlightAtMost + 2; i++) {
    anna.say(ben.id, `message ${i}`)
    if (i % 500 === 0) stage.flush()
  }
  stage.flush()
  const said = anna.of("message").map(({ message }) => message.id)
  expect(anna.of("undelivered").map(({ messageId, reason }) => [messageId, reason])).toEqual(
    said.slice(0, 2).map((id) => [id, "overflow"]),
  )
  stage.presence.signal({ type: "leave", id: ben.id, session: undefined })
  stage.flush()
  expect(anna.of("undelivered")).toHaveLength(said.length)
})
