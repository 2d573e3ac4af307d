import { beforeEach, expect, test } from "bun:test"
import { UncaughtErrors } from "../src/uncaught-errors.ts"

let now: number
let lines: string[]
let uncaught: UncaughtErrors

beforeEach(() => {
  now = 0
  lines = []
  const log = (level: string, _: string, fields = {}) => void lines.push(`${level} ${JSON.stringify(fields)}`)
  uncaught = new UncaughtErrors(log, () => now)
})

test("an error that reached nobody is logged by kind, without what it says", () => {
  uncaught.add(new TypeError("what somebody wrote"))
  uncaught.add("what somebody wrote")
  uncaught.add(undefined)
  expect(lines[0]).toStartWith('error {"error":"TypeError')
  expect(lines.join()).not.toContain("wrote")
  expect(uncaught.count).toBe(3)
})

test("each kind is logged once a second at most, with how many there were", () => {
  for (let i = 0; i < 1000; i++) uncaught.add("text")
  uncaught.add(7)
  expect(lines).toEqual(['error {"error":"string","times":1}', 'error {"error":"number","times":1}'])
  now = 1_000
  uncaught.add("text")
  expect(lines.at(-1)).toBe('error {"error":"string","times":1000}')
  expect(uncaught.count).toBe(1002)
})

test("of all the kinds that there may be, a hundred are remembered", () => {
  const named = (name: string) => Object.assign(new Error(), { name, stack: "" })
  for (let kind = 0; kind < 101; kind++) uncaught.add(named(`kind ${kind}`))
  expect(lines).toHaveLength(101)
  uncaught.add(named("kind 1"))
  expect(lines).toHaveLength(101)
  uncaught.add(named("kind 0"))
  expect(lines).toHaveLength(102)
})
