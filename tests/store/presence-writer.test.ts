import { beforeEach, expect, test } from "bun:test"
import { permanent, type Ref } from "../../src/actor/index.ts"
import { createTestSystem, type TestSystem } from "../../src/actor/testing.ts"
import type { PresenceRow } from "../../src/chat/presence-store.ts"
import { presenceWriter } from "../../src/store/presence-writer.ts"
import type { PresenceWriterMessage } from "../../src/store/presence-writer-message.ts"
import { type StoreHealth, startingHealth } from "../../src/store/store-health.ts"
import { gone, person, present } from "./rows.ts"
import { ScriptedStore } from "./scripted-store.ts"

const [ann, bob] = [person("Ann"), person("Bob")]

let clock: TestSystem
let store: ScriptedStore
let people: PresenceRow[]
let health: StoreHealth
let logged: string[]
let writer: Ref<PresenceWriterMessage>

beforeEach(async () => {
  clock = createTestSystem()
  store = new ScriptedStore()
  people = []
  logged = []
  health = startingHealth(0)
  const log = (level: string, message: string) => void logged.push(`${level}: ${message}`)
  const start = presenceWriter({ store, leaseSeconds: 30, everyone: () => people, health, log })
  writer = clock.system.spawn(start, { name: "store", supervision: permanent })
  await clock.settle()
})

async function pass(ms: number): Promise<void> {
  clock.advance(ms)
  await clock.settle()
}

async function opened(): Promise<void> {
  store.answer("open")
  await clock.settle()
}

async function tell(
  ...changes: Extract<PresenceWriterMessage, { type: "changes" }>["changes"]
): Promise<void> {
  expect(writer.tell({ type: "changes", changes })).toBe("ok")
  await clock.settle()
}

/** The table holds this many of this node's rows, as it should. */
async function renewed(held: number): Promise<void> {
  store.held = held
  await pass(10_000)
  store.answer("renew")
  await clock.settle()
}

async function close(): Promise<{ done: boolean }> {
  const closed = { done: false }
  const done = () => {
    closed.done = true
  }
  writer.tell({ type: "close", done })
  await clock.settle()
  return closed
}

test("everybody is written once the store is open, and only then it counts as up", async () => {
  people = [ann, bob]
  expect(health.state).toBe("starting")
  await opened()
  expect(health).toMatchObject({ state: "starting", pending: 2 })
  expect(store.answer("write")).toEqual([present(ann), present(bob)])
  await clock.settle()
  expect(health).toMatchObject({ state: "up", pending: 0 })
  expect(logged).toEqual(["info: presence reaches the store"])
})

test("with nobody to write it is up as soon as it is open", async () => {
  await opened()
  expect(health.state).toBe("up")
})

test("changes of one user become one, the latest", async () => {
  await opened()
  await tell(present(ann))
  await tell(present({ ...ann, name: "Anna" }), present(bob))
  expect(store.waiting).toEqual([])
  await pass(100)
  expect(store.answer("write")).toEqual([present({ ...ann, name: "Anna" }), present(bob)])
})

test("who came and went between two writes is not written at all", async () => {
  await opened()
  await tell(present(ann), present(bob))
  await tell(gone(ann))
  await pass(100)
  expect(store.answer("write")).toEqual([present(bob)])
})

test("one write is under way at a time, and the next takes what gathered meanwhile", async () => {
  await opened()
  await tell(present(ann))
  await pass(100)
  await tell(present(bob))
  await tell(gone(ann))
  await pass(1_000)
  expect(store.waiting).toEqual(["write"])
  store.answer("write")
  await clock.settle()
  await pass(100)
  expect(store.answer("write")).toEqual([present(bob), gone(ann)])
})

test("a crowd is written in pieces of 2,000 without a pause", async () => {
  people = Array.from({ length: 4500 }, (_, index) => person(`Person ${index}`))
  await opened()
  const pieces: number[] = []
  while (store.waiting.length > 0) {
    expect(health.state).toBe("starting")
    pieces.push(store.answer("write").length)
    await clock.settle()
  }
  expect(pieces).toEqual([2000, 2000, 500])
  expect(health.state).toBe("up")
})

test("somebody who leaves while everybody is being written does not keep the store from being up", async () => {
  people = Array.from({ length: 2001 }, (_, index) => person(`Person ${index}`))
  const last = people[2000] ?? ann
  await opened()
  await tell(gone(last))
  store.answer("write")
  await clock.settle()
  expect(store.waiting).toEqual([])
  expect(health.state).toBe("up")
})

test("the lease is renewed each third of it, also while people come and go", async () => {
  await opened()
  for (let third = 1; third <= 3; third++) {
    await renewed(0)
    expect(store.asked.filter((work) => work === "renew")).toHaveLength(third)
  }
  await tell(present(ann))
  await pass(100)
  await pass(20_000)
  expect(store.waiting).toEqual(["write"])
  store.answer("write")
  await clock.settle()
  expect(store.waiting).toEqual(["renew"])
})

test("after a failure it opens again, later each time, up to five seconds, and writes everybody", async () => {
  const waits: number[] = []
  for (let failure = 0; failure < 8; failure++) {
    store.refuse("open")
    await clock.settle()
    let waited = 0
    while (store.waiting.length === 0) {
      await pass(10)
      waited += 10
    }
    waits.push(waited)
  }
  waits.forEach((wait, failure) => {
    const ceiling = Math.min(5_000, 250 * 2 ** failure)
    expect(wait).toBeWithin(ceiling / 2, ceiling + 11)
  })
  expect(health).toMatchObject({ state: "down", lastError: "Error: refused" })
  people = [ann]
  await opened()
  expect(store.answer("write")).toEqual([present(ann)])
  await clock.settle()
  expect(health.state).toBe("up")
})

test("a failure is warned of once, not at each attempt", async () => {
  for (let failure = 0; failure < 3; failure++) {
    store.refuse("open")
    await clock.settle()
    await pass(5_000)
  }
  expect(logged.filter((line) => line.startsWith("warn"))).toHaveLength(1)
})

test("a write that fails is made good by writing everybody, with what changed while the store was away", async () => {
  await opened()
  people = [ann]
  await tell(present(ann))
  await pass(100)
  store.refuse("write")
  await clock.settle()
  expect(health).toMatchObject({ state: "down", pending: 0 })
  people = [bob]
  await tell(gone(ann), present(bob))
  await pass(5_000)
  await opened()
  expect(store.answer("write")).toEqual([present(bob)])
})

test("a store that opens and then refuses every write is not hammered", async () => {
  people = [ann]
  for (let failure = 0; failure < 6; failure++) {
    await opened()
    store.refuse("write")
    await clock.settle()
    await pass(5_000)
  }
  await opened()
  store.refuse("write")
  await clock.settle()
  await pass(2_000)
  expect(store.waiting).toEqual([])
})

test("a lease that cannot be renewed counts as a failure", async () => {
  await opened()
  await pass(10_000)
  store.refuse("renew", new Error("forgotten"))
  await clock.settle()
  expect(health).toMatchObject({ state: "down", lastError: "Error: forgotten" })
  await pass(250)
  expect(store.waiting).toEqual(["open"])
})

test("rows that vanished are written again at the next renewal", async () => {
  people = [ann, bob]
  await opened()
  store.answer("write")
  await clock.settle()
  await renewed(2)
  expect(store.waiting).toEqual([])
  await renewed(1)
  await pass(100)
  expect(store.answer("write")).toEqual([present(ann), present(bob)])
  expect(health.state).toBe("up")
})

test("rows too many, which an abandoned write left behind, are cleared by a new opening", async () => {
  await opened()
  await renewed(1)
  expect(store.waiting).toEqual(["open"])
})

test("a close takes the rows away when the write under way has returned, and nothing is written after it", async () => {
  await opened()
  await tell(present(ann))
  await pass(100)
  await tell(present(bob))
  const closed = await close()
  expect(store.waiting).toEqual(["write"])
  store.answer("write")
  await clock.settle()
  expect(closed.done).toBe(false)
  store.answer("close")
  await clock.settle()
  expect(closed.done).toBe(true)
  await tell(present(ann))
  await pass(60_000)
  expect(store.asked).toEqual(["open", "write", "close"])
  expect(health.state).toBe("down")
})

test("a close does not wait longer than a second for a write that hangs", async () => {
  await opened()
  await tell(present(ann))
  await pass(100)
  const closed = await close()
  await pass(1_000)
  expect(store.waiting).toEqual(["write", "close"])
  store.refuse("write")
  store.answer("close")
  await clock.settle()
  expect(closed.done).toBe(true)
  await pass(60_000)
  expect(store.asked).toEqual(["open", "write", "close"])
})

test("a close while the store is away is done too, and stops the retries", async () => {
  store.refuse("open")
  await clock.settle()
  const closed = await close()
  store.refuse("close")
  await clock.settle()
  expect(closed.done).toBe(true)
  await pass(60_000)
  expect(store.asked).toEqual(["open", "close"])
})

test("a second close hears when the first is done", async () => {
  await opened()
  const first = await close()
  const second = await close()
  expect([first.done, second.done]).toEqual([false, false])
  store.answer("close")
  await clock.settle()
  expect([first.done, second.done, (await close()).done]).toEqual([true, true, true])
})

test("a writer that is stopped without a close lets go of the store", async () => {
  await opened()
  clock.system.stop(writer)
  await clock.settle()
  expect(store.waiting).toEqual(["close"])
})
