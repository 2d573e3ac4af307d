import { expect, test } from "bun:test"
import { RateLimits } from "../../../src/web/sockets/rate-limit.ts"

const rules = { messageRate: 10, messageBurst: 2, byteRate: 0, byteBurst: 0, frameRate: 0, frameBurst: 0 }

test("a reconnect renews no rateLimit; time does", () => {
  let now = 0
  const rateLimits = new RateLimits(rules, () => now)
  const take = () => rateLimits.claim("anna").takeMessage(now)
  expect([take(), take()]).toEqual([0, 0])
  for (let i = 0; i < 2; i++) rateLimits.release("anna")
  expect(take()).toBeGreaterThan(0)
  rateLimits.release("anna")
  now += 200
  expect([take(), take()]).toEqual([0, 0])
})

test("two sockets of one user share an rateLimit", () => {
  const rateLimits = new RateLimits(rules, () => 0)
  const [first, second] = [rateLimits.claim("anna"), rateLimits.claim("anna")]
  expect(second).toBe(first)
  rateLimits.release("anna")
  expect(rateLimits.claim("anna")).toBe(first)
})

test("an rateLimit that has filled up again is not kept for those who left", () => {
  let now = 0
  const rateLimits = new RateLimits(rules, () => now)
  const first = rateLimits.claim("anna")
  first.takeMessage(now)
  rateLimits.release("anna")
  now += 1000
  expect(rateLimits.claim("anna")).not.toBe(first)
})

test("a frame that nothing is left for is owed, by its bytes or by its count, and time pays it off", () => {
  const rateLimits = new RateLimits(
    { ...rules, byteRate: 100, byteBurst: 100, frameRate: 10, frameBurst: 3 },
    () => 0,
  )
  const anna = rateLimits.claim("anna")
  expect([anna.charge("x", 0), anna.charge("x", 0), anna.charge("x", 0)]).toEqual([0, 0, 0])
  expect(anna.charge("x", 0)).toBe(100)
  const ben = rateLimits.claim("ben")
  expect(ben.charge("é".repeat(60), 0)).toBe(200)
  expect(ben.charge("", 200)).toBe(0)
})

test("a reconnect pays off nothing that is owed", () => {
  let now = 0
  const rateLimits = new RateLimits({ ...rules, frameRate: 10, frameBurst: 1 }, () => now)
  for (let i = 0; i < 11; i++) rateLimits.claim("anna").charge("x", now)
  for (let i = 0; i < 11; i++) rateLimits.release("anna")
  now += 500
  expect(rateLimits.claim("anna").charge("x", now)).toBe(600)
})
