import { expect, test } from "bun:test"
import { Rate } from "../../src/chat/rate.ts"

test("the burst passes at once, then the rate", () => {
  const rate = new Rate(10, 3, 0)
  expect([rate.take(1, 0), rate.take(1, 0), rate.take(1, 0)]).toEqual([0, 0, 0])
  expect(rate.take(1, 0)).toBe(100)
  expect(rate.take(1, 50)).toBe(50)
  expect(rate.take(1, 100)).toBe(0)
})

test("what is refused takes nothing", () => {
  const rate = new Rate(10, 1, 0)
  rate.take(1, 0)
  for (let i = 0; i < 20; i++) rate.take(1, 50)
  expect(rate.take(1, 100)).toBe(0)
})

test("what is larger than the burst passes when the bucket is full", () => {
  const rate = new Rate(10, 5, 0)
  expect(rate.take(8, 0)).toBe(0)
  expect(rate.take(1, 0)).toBe(100)
})

test("a rate of 0 is no limit", () => {
  const rate = new Rate(0, 0, 0)
  for (let i = 0; i < 1000; i++) expect(rate.take(1000, 0)).toBe(0)
})

test("what is charged is owed when it is not there, and is paid off before anything else", () => {
  const rate = new Rate(10, 5, 0)
  expect(rate.charge(5, 0, 60_000)).toBe(0)
  expect(rate.charge(2, 0, 60_000)).toBe(200)
  expect(rate.charge(1, 100, 60_000)).toBe(200)
  expect(rate.charge(0, 300, 60_000)).toBe(0)
})

test("what is owed is paid off within the time given, however much it was", () => {
  const rate = new Rate(10, 5, 0)
  expect(rate.charge(1_000_000, 0, 30_000)).toBe(30_000)
  expect(rate.charge(0, 30_000, 30_000)).toBe(0)
})

test("a rate or a burst of 0 charges nothing", () => {
  expect(new Rate(0, 5, 0).charge(100, 0, 60_000)).toBe(0)
  expect(new Rate(10, 0, 0).charge(100, 0, 60_000)).toBe(0)
})
