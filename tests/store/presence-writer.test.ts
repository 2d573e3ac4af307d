import { beforeEach, expect, test } from "bun:test"
import { gone, person, present } from "./rows.ts"
import {
  clock,
  health,
  here,
  logged,
  opened,
  pass,
  people,
  renewed,
  setUp,
  store,
  tell,
  writer,
} from "./writer-stage.ts"

const [ann, bob] = [person("Ann"), person("Bob")]

beforeEach(setUp)

test("the store counts as up once it is open and everybody is written", async () => {
  here(ann, bob)
  expect(health.state).toBe("starting")
  await opened()
  expect(health).toMatchObject({ state: "starting", pending: 2 })
  expect(store.answer("write")).toEqual([present(ann), present(bob)])
  await clock.settle()
  expect(health).toMatchObject({ state: "up", pending: 0 })
  expect(logged).toEqual(["info: presence reaches the store"])
})

test("with nobody online the store is up as soon as it is open", async () => {
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

test("a user who came and went between two writes is not written at all", async () => {
  await opened()
  await tell(present(ann), present(bob))
  await tell(gone(ann))
  await pass(100)
  expect(store.answer("write")).toEqual([present(bob)])
})

test("one write is in flight at a time, and the next takes the changes of the meantime", async () => {
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

test("a crowd is written in batches of 2,000 without a pause", async () => {
  here(...Array.from({ length: 4500 }, (_, index) => person(`Person ${index}`)))
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

test("the store becomes up also when somebody leaves while everybody is being written", async () => {
  here(...Array.from({ length: 2001 }, (_, index) => person(`Person ${index}`)))
  const last = people[2000] ?? ann
  await opened()
  await tell(gone(last))
  store.answer("write")
  await clock.settle()
  expect(store.waiting).toEqual([])
  expect(health.state).toBe("up")
})

test("a store that may be gone is renewed at once, and one that is down is not", async () => {
  await opened()
  writer.tell({ type: "lost" })
  await clock.settle()
  expect(store.waiting).toEqual(["renew"])
  store.refuse("renew")
  await clock.settle()
  writer.tell({ type: "lost" })
  await clock.settle()
  expect(store.waiting).toEqual([])
})

test("the lease is renewed after each third of it, also while people come and go", async () => {
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
