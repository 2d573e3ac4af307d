import { expect, test } from "bun:test"
import { Allowances } from "../../src/web/allowance.ts"

const rules = { messageRate: 10, messageBurst: 2, byteRate: 0, byteBurst: 0 }

test("a reconnect renews no allowance; time does", () => {
  let now = 0
  const allowances = new Allowances(rules, () => now)
  const take = () => allowances.claim("anna").take("x", () => now)
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
  first.take("x", () => now)
  allowances.release("anna")
  now += 1000
  expect(allowances.claim("anna")).not.toBe(first)
})
