import { expect, test } from "bun:test"
import { Backlog } from "../../src/store/backlog.ts"
import { gone, person, present } from "./rows.ts"

const [ann, bob, cat] = [person("Ann"), person("Bob"), person("Cat")]

test("a backlog hands out the oldest changes first, as many as asked for", () => {
  const backlog = new Backlog()
  backlog.refill([ann, bob, cat])
  expect(backlog.take(2)).toEqual([present(ann), present(bob)])
  expect(backlog.take(2)).toEqual([present(cat)])
  expect(backlog.rows).toBe(3)
})

test("a leave is only written where there is a row", () => {
  const backlog = new Backlog()
  backlog.add(gone(ann))
  expect(backlog.size).toBe(0)
  backlog.add(present(ann))
  backlog.take(1)
  backlog.add(gone(ann))
  expect(backlog.take(1)).toEqual([gone(ann)])
  expect(backlog.rows).toBe(0)
})

test("churn while the store is slow leaves nothing behind", () => {
  const backlog = new Backlog()
  for (let visit = 0; visit < 1000; visit++) {
    const visitor = person("Visitor")
    backlog.add(present(visitor))
    backlog.add(gone(visitor))
  }
  expect(backlog.size).toBe(0)
})

test("a refill keeps the leaves that are still to be written", () => {
  const backlog = new Backlog()
  backlog.refill([ann])
  backlog.take(1)
  backlog.add(gone(ann))
  backlog.refill([bob])
  expect(backlog.take(2)).toEqual([gone(ann), present(bob)])
  expect(backlog.rows).toBe(1)
})
