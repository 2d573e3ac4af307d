import { expect, test } from "bun:test"
import { createStage, type RecordingOutlet } from "../../support/stage.ts"
import { eachSeed, knock, type Stage } from "../presence/at-once.ts"

const large = "x".repeat(4000)

/** About 4.5 KB a message are held of each of the two. */
function fill(stage: Stage, outlet: RecordingOutlet, receiver: RecordingOutlet, messages = 20): void {
  for (let i = 0; i < messages; i++) {
    outlet.say(receiver.id, large)
    stage.flush()
    receiver.acknowledge(receiver.of("message").at(-1)?.seq ?? 0)
    stage.flush()
  }
}

const isHere = (stage: Stage, { id }: RecordingOutlet) => stage.directory.find(id) !== undefined

test("over the budget the session longest without a socket ends first, and its senders hear so (C19)", () => {
  eachSeed(
    (stage) => {
      const [first, second, here, ben] = ["first", "second", "here", "ben"].map((name) =>
        stage.join(name),
      ) as [RecordingOutlet, RecordingOutlet, RecordingOutlet, RecordingOutlet]
      fill(stage, here, first)
      fill(stage, here, second)
      for (const each of [first, second]) {
        each.drop()
        stage.advance(1000)
      }
      here.say(first.id, "are you there?")
      stage.flush()
      const lost = here.of("message").at(-1)?.message.id
      fill(stage, ben, here, 8)
      stage.advance(1000)
      expect([first, second, here, ben].map((each) => isHere(stage, each))).toEqual([false, true, true, true])
      expect(here.of("undelivered")).toMatchObject([{ messageId: lost, reason: "left" }])
      expect(stage.memory.excess).toBe(0)
      expect(stage.memory.exhausted).toBe(false)
    },
    { memory: 430_000 },
  )
})

test("when nobody waits without a socket the largest journals shed, and nobody ends (C19)", () => {
  eachSeed(
    (stage) => {
      const [anna, ben, cleo] = [stage.join("anna"), stage.join("ben"), stage.join("cleo")]
      cleo.say(ben.id, "a word")
      for (let i = 0; i < 3; i++) fill(stage, anna, ben)
      stage.advance(1000)
      expect(stage.memory.excess).toBe(0)
      expect([anna, ben, cleo].every((each) => isHere(stage, each))).toBe(true)
      expect(stage.post.find(cleo.id)?.account.journal).toBeGreaterThan(500)
      const held = knock(stage, anna.id)
      stage.flush()
      expect(held.contents.length).toBeGreaterThan(0)
      expect(held.contents.length).toBeLessThan(60)
    },
    { memory: 300_000 },
  )
})

test("what a session sheds unread is undelivered as overflow (C19)", () => {
  const stage = createStage({ memory: 120_000 })
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  ben.drop()
  const away = stage.join("cleo")
  for (let i = 0; i < 20; i++) {
    anna.say(away.id, large)
    stage.flush()
  }
  stage.advance(1000)
  expect(stage.memory.excess).toBe(0)
  const lost = new Set(anna.of("undelivered").map(({ messageId }) => messageId))
  away.acknowledge(away.of("message").at(-1)?.seq ?? 0)
  stage.flush()
  const last = anna.of("message").at(-1)?.message.id ?? ""
  expect(anna.of("progress").at(-1)?.messageId).toBe(last)
  expect(lost.has(last)).toBe(false)
})

test("newcomers are refused only when nothing more can be freed, and no longer than that (C19)", () => {
  const stage = createStage({ memory: 20_000 })
  const people = ["anna", "ben", "cleo", "dora"].map((name) => stage.join(name))
  stage.advance(1000)
  expect(stage.memory.exhausted).toBe(true)
  people[0]?.obey({ type: "leave" })
  stage.advance(1000)
  expect(stage.memory.exhausted).toBe(false)
  const [waits, here] = [stage.join("waits"), people[1]]
  waits.drop()
  stage.advance(1000)
  expect(isHere(stage, waits)).toBe(false)
  expect(here !== undefined && isHere(stage, here)).toBe(true)
  expect(stage.memory.exhausted).toBe(false)
})

test("a socket that comes as its session is to end for memory is welcomed, and its user has one session (C19)", () => {
  eachSeed(
    (stage) => {
      const [anna, ben, cleo] = [stage.join("anna"), stage.join("ben"), stage.join("cleo")]
      fill(stage, anna, ben)
      ben.drop()
      stage.flush()
      for (let i = 0; i < 25; i++) anna.say(cleo.id, large)
      const back = [knock(stage, ben.id), knock(stage, ben.id)]
      stage.advance(1000)
      for (const outlet of back) {
        expect(outlet.live).toBe(true)
        expect(outlet.session).toBe(stage.post.find(ben.id)?.ref as typeof outlet.session)
      }
      expect(stage.directory.size).toBe(3)
    },
    { memory: 330_000 },
  )
})

test("an address that begins more sessions than it may have gives up its longest without a socket (C20)", () => {
  const stage = createStage({ rules: { sessionsOfAddress: 3 } })
  const here = "192.0.2.1"
  const join = (name: string, block = here) => stage.join(name, { address: { block } })
  const [first, second, third, other, own] = [
    join("first"),
    join("second"),
    join("third"),
    join("other", "192.0.2.2"),
    stage.join("nowhere"),
  ]
  for (const each of [other, own, first, third]) each.drop()
  stage.flush()
  const fourth = join("fourth")
  stage.flush()
  const all = [first, second, third, other, own, fourth]
  expect(all.map((each) => isHere(stage, each))).toEqual([false, true, true, true, true, true])
  join("fifth")
  stage.flush()
  expect(isHere(stage, third)).toBe(false)
  const sixth = join("sixth")
  stage.flush()
  expect([second, fourth, sixth].every((each) => isHere(stage, each))).toBe(true)
})

test("an address that had only sessions with sockets gives up what is too much as they lose them (C20)", () => {
  eachSeed(
    (stage) => {
      const people = [1, 2, 3, 4, 5, 6].map((n) =>
        stage.join(`visitor ${n}`, { address: { block: "192.0.2.1" } }),
      )
      expect(stage.directory.size).toBe(6)
      for (const each of people) each.drop()
      stage.flush()
      expect(stage.directory.size).toBe(3)
      stage.join("one more", { address: { block: "192.0.2.1" } })
      stage.flush()
      expect(stage.directory.size).toBe(3)
    },
    { rules: { sessionsOfAddress: 3 } },
  )
})

test("a site has sixteen times the sessions of one address, however many addresses it makes (C20)", () => {
  const stage = createStage({ rules: { sessionsOfAddress: 2 } })
  const site = "2001:db8:1::/48"
  const join = (i: number) => stage.join(`visitor ${i}`, { address: { block: `2001:db8:1:${i}`, site } })
  const first = join(0)
  first.drop()
  for (let i = 1; i < 32; i++) join(i)
  stage.flush()
  expect(isHere(stage, first)).toBe(true)
  join(32)
  stage.flush()
  expect(isHere(stage, first)).toBe(false)
  expect(stage.directory.size).toBe(32)
})

test("when presence begins again nothing is held, and newcomers are let in (C19)", () => {
  const stage = createStage({ memory: 20_000 })
  for (const name of ["anna", "ben", "cleo", "dora"]) stage.join(name)
  stage.advance(1000)
  expect(stage.memory.exhausted).toBe(true)
  stage.presence.signal({
    type: "watch",
    userIds: null as unknown as string[],
    watcher: stage.presence as never,
  })
  stage.advance(1000)
  expect(stage.crashes).not.toEqual([])
  expect(stage.memory.used).toBe(0)
  expect(stage.memory.exhausted).toBe(false)
})
