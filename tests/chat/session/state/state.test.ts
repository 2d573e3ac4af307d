import { expect, test } from "bun:test"
import { createTestSystem } from "../../../../src/actor/testing.ts"
import { isMessageId } from "../../../../src/chat/message.ts"
import { tickMs } from "../../../../src/chat/presence/presence.ts"
import { createStage, graceMs, windowMs } from "../../../support/stage.ts"
import { type Deed, deeds, people } from "./deeds.ts"
import { held, loaded, type Stage, saved, savedAll } from "./saving.ts"
import { World } from "./world.ts"

const seeds = 20
const rules = { journal: { messages: 5, bytes: 0 }, outlets: 3 }

test("a session that is saved, started from that and saved again is the same text, whatever happened before (E2)", () => {
  eachHistory((world) => {
    const texts = savedAll(world.stage)
    const elsewhere = loaded(world.stage, texts.values(), { rules })
    expect(savedAll(elsewhere)).toEqual(texts)
  })
})

test("a session that goes on from its state is charged the same (E2)", () => {
  eachHistory((world) => {
    world.dropAll()
    const texts = savedAll(world.stage)
    const elsewhere = loaded(world.stage, texts.values(), { rules })
    for (const id of texts.keys()) expect([id, held(elsewhere, id)]).toEqual([id, held(world.stage, id)])
    expect(elsewhere.memory.used).toBe(world.stage.memory.used)
  })
})

test("what people do is heard alike where a session went on and where it was started from its state (E2)", () => {
  eachHistory((world, random) => {
    const elsewhere = loaded(world.stage, savedAll(world.stage).values(), { rules })
    world.dropAll()
    for (const { advance } of [world.stage, elsewhere]) advance(tickMs)
    const twin = new World(elsewhere, world)
    const visits = people.map((who): Deed => ({ type: "come", who, share: random(), room: 1e9 }))
    for (const deed of [...visits, ...deeds(random, 40, 100)]) {
      for (const each of [world, twin]) each.do(deed)
      for (const { stage } of [world, twin]) stage.flush()
      expect([deed, twin.heard()]).toEqual([deed, world.heard()])
      for (const id of people) expect([deed, held(elsewhere, id)]).toEqual([deed, held(world.stage, id)])
    }
    expect(twin.welcomes).toEqual(world.welcomes.slice(-twin.welcomes.length))
    for (const id of people) expect(twin.seen(id)).toEqual(world.seen(id))
    for (const each of [world, twin]) each.dropAll()
    for (const { stage } of [world, twin]) stage.advance(windowMs + graceMs)
    expect([elsewhere.directory.size, elsewhere.memory.used]).toEqual([0, 0])
  })
})

test("what a session says after its load ascends in id and time, however far behind the clock is there (E2)", () => {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna", { id: "anna" }), stage.join("ben", { id: "ben" })]
  for (const what of ["one", "two"]) anna.say(ben.id, what)
  stage.flush()
  ben.acknowledge(2)
  stage.flush()
  const elsewhere = loaded(stage, savedAll(stage).values())
  elsewhere.clock.set(-3_600_000)
  const [back, peer] = [
    elsewhere.join("anna", { id: "anna", cursor: anna.at(0) }),
    elsewhere.join("ben", { id: "ben", cursor: ben.at(2) }),
  ]
  for (const what of ["three", "four"]) back.say(peer.id, what)
  elsewhere.flush()
  peer.acknowledge(4)
  elsewhere.flush()
  const said = back.of("message").map(({ message }) => message)
  expect(said.map(({ content }) => content)).toEqual(["one", "two", "three", "four"])
  const [ids, times] = [said.map(({ id }) => id), said.map(({ at }) => at)]
  expect(ids).toEqual(ids.toSorted())
  expect(times).toEqual(times.toSorted())
  expect(new Set(ids).size).toBe(4)
  expect(ids.every(isMessageId)).toBe(true)
  expect(back.of("progress").at(-1)).toMatchObject({ messageId: ids[3], progress: "delivered" })
})

test("a peer that is not there any more when a session goes on has left: what was on its way is undelivered (E2)", () => {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna", { id: "anna" }), stage.join("ben", { id: "ben" })]
  anna.say(ben.id, "hello")
  stage.flush()
  const elsewhere = loaded(stage, [saved(stage, "anna") ?? ""])
  const back = elsewhere.join("anna", { id: "anna", cursor: anna.at(1) })
  const messageId = anna.of("message")[0]?.message.id
  expect(back.greeting.resumed).toBe(true)
  expect(back.of("undelivered")).toMatchObject([{ peerId: "ben", messageId, reason: "left" }])
  expect(back.of("presence").at(-1)?.person).toMatchObject({ id: "ben", name: "ben", gone: true })
})

test("a session that ends with its socket is not saved, and one that is here is not replaced by a load (E2)", () => {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna", { id: "anna" }), stage.join("ben", { classic: true })]
  expect(saved(stage, ben.id)).toBeUndefined()
  const state = JSON.parse(saved(stage, "anna") ?? "")
  ben.say("anna", "hello")
  stage.presence.signal({ type: "load", state, since: 0 })
  stage.flush()
  expect(stage.post.find("anna")?.ref).toBe(anna.session)
  expect(anna.contents).toEqual(["hello"])
})

test("what could not be read ends the session that was to go on from it, and nobody else (E2)", () => {
  const stage = createStage()
  const anna = stage.join("anna", { id: "anna" })
  const { journal: _, ...state } = JSON.parse(saved(stage, "anna") ?? "")
  const me = { ...state.availability.me, id: "ben" }
  stage.presence.signal({
    type: "load",
    state: { ...state, availability: { ...state.availability, me } },
    since: 0,
  })
  stage.flush()
  expect([stage.directory.find("ben"), stage.crashes.length]).toEqual([undefined, 1])
  expect(stage.system.inspect(anna.session)).toBeDefined()
  expect(stage.join("ben", { id: "ben" }).greeting.resumed).toBe(false)
})

/** Runs after a hundred random deeds, for each seed, and names the seed of a failure. */
function eachHistory(run: (world: World, random: () => number) => void): void {
  for (let seed = 1; seed <= seeds; seed++) {
    const { random } = createTestSystem({ seed })
    const world = new World(createStage({ seed, rules }) as Stage)
    try {
      for (const who of people) world.do({ type: "come", who, share: undefined, room: 1e9 })
      for (const deed of deeds(random, 100, 0)) {
        world.do(deed)
        if (random() < 0.6) world.stage.flush()
        world.heard()
      }
      // Who looks like whom is told with the next tick.
      world.stage.advance(tickMs)
      world.heard()
      run(world, random)
    } catch (error) {
      throw new Error(`with seed ${seed}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      })
    }
  }
}
