import { expect, test } from "bun:test"
import { Allowances } from "../../../src/web/sockets/rate-limit.ts"

const rules = { messageRate: 10, messageBurst: 2, byteRate: 0, byteBurst: 0, frameRate: 0, frameBurst: 0 }

test("a reconnect renews no allowance; time does", () => {
  let now = 0
  const allowances = new Allowances(rules, () => now)
  const take = () => allowances.claim("anna").takeMessage(now)
  expect([take(), take()]).toEqual([0, 0])
  for (let i = 0; i < 2; i++) allowances.release("anna")
  expect(take()).toBeGreaterThan(0)
  allowances.release("anna")
  now += 200
  expect([take(), take()]).toEqual([0, 0])
})

test("two sockets of one user share an allowance", () => {
  const allowances = new Allowances(rules, () => 0)
  const [first, second] = [allowances.claim("anna"), allowances.claim("anna")]
  expect(second).toBe(first)
  allowances.release("anna")
  expect(allowances.claim("anna")).toBe(first)
})

test("an allowance that has filled up again is not kept for those who left", () => {
  let now = 0
  const allowances = new Allowances(rules, () => now)
  const first = allowances.claim("anna")
  first.takeMessage(now)
  allowances.release("anna")
  now += 1000
  expect(allowances.claim("anna")).not.toBe(first)
})

test("a frame that nothing is left for is owed, by its bytes or by its count, and time pays it off", () => {
  const allowances = new Allowances(
    { ...rules, byteRate: 100, byteBurst: 100, frameRate: 10, frameBurst: 3 },
    () => 0,
  )
  const anna = allowances.claim("anna")
  expect([anna.charge("x", 0), anna.charge("x", 0), anna.charge("x", 0)]).toEqual([0, 0, 0])
  expect(anna.charge("x", 0)).toBe(100)
  const ben = allowances.claim("ben")
  expect(ben.charge("é".repeat(60), 0)).toBe(200)
  expect(ben.charge("", 200)).toBe(0)
})

test("a reconnect pays off nothing that is owed", () => {
  let now = 0
  const allowances = new Allowances({ ...rules, frameRate: 10, frameBurst: 1 }, () => now)
  for (let i = 0; i < 11; i++) allowances.claim("anna").charge("x", now)
  for (let i = 0; i < 11; i++) allowances.release("anna")
  now += 500
  expect(allowances.claim("anna").charge("x", now)).toBe(600)
})
