import { beforeEach, expect, test } from "bun:test"
import { gone, person, present } from "./rows.ts"
import {
  clock,
  close,
  health,
  here,
  logged,
  opened,
  pass,
  renewed,
  setUp,
  store,
  tell,
  writer,
} from "./writer-stage.ts"

const [ann, bob] = [person("Ann"), person("Bob")]

beforeEach(setUp)

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
  here(ann)
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

test("after a failed write everybody is written again, with all changes of the meantime", async () => {
  await opened()
  here(ann)
  await tell(present(ann))
  await pass(100)
  store.refuse("write")
  await clock.settle()
  expect(health).toMatchObject({ state: "down", pending: 0 })
  here(bob)
  await tell(gone(ann), present(bob))
  await pass(5_000)
  await opened()
  expect(store.answer("write")).toEqual([present(bob)])
})

test("a store that opens and then refuses every write is not hammered", async () => {
  here(ann)
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
  here(ann, bob)
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

test("too many rows, left from an abandoned write, are cleared by a new opening", async () => {
  await opened()
  await renewed(1)
  expect(store.waiting).toEqual(["open"])
})

test("a close removes the rows once the write in flight has returned, and nothing is written after it", async () => {
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

test("a second close is done when the first is", async () => {
  await opened()
  const first = await close()
  const second = await close()
  expect([first.done, second.done]).toEqual([false, false])
  store.answer("close")
  await clock.settle()
  expect([first.done, second.done, (await close()).done]).toEqual([true, true, true])
})

test("a writer that is stopped without a close closes the store", async () => {
  await opened()
  clock.system.stop(writer)
  await clock.settle()
  expect(store.waiting).toEqual(["close"])
})
