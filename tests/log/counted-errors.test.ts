import { beforeEach, expect, test } from "bun:test"
import { CountedErrors } from "../../src/log/counted-errors.ts"

let now: number
let lines: string[]
let errors: CountedErrors

beforeEach(() => {
  now = 0
  lines = []
  const log = (level: string, _: string, fields = {}) => void lines.push(`${level} ${JSON.stringify(fields)}`)
  errors = new CountedErrors(log, "it failed", () => now)
})

test("an error is logged by kind and place, without its text", () => {
  errors.add(new TypeError("what somebody wrote"))
  errors.add("what somebody wrote")
  errors.add(undefined)
  expect(lines[0]).toStartWith('error {"error":"TypeError')
  // A text may look like a place.
  errors.add(new TypeError("what\n    at somebody (/src/wrote)"))
  expect(lines.join()).not.toContain("wrote")
  expect(errors.count).toBe(4)
})

test("each kind is logged once a second at most, with its count", () => {
  for (let i = 0; i < 1000; i++) errors.add("text")
  errors.add(7)
  expect(lines).toEqual(['error {"error":"string","times":1}', 'error {"error":"number","times":1}'])
  now = 1_000
  errors.add("text")
  expect(lines.at(-1)).toBe('error {"error":"string","times":1000}')
  expect(errors.count).toBe(1002)
})

test("the last hundred kinds are remembered", () => {
  const named = (name: string) => Object.assign(new Error(), { name, stack: "" })
  for (let kind = 0; kind < 101; kind++) errors.add(named(`kind ${kind}`))
  expect(lines).toHaveLength(101)
  errors.add(named("kind 1"))
  expect(lines).toHaveLength(101)
  errors.add(named("kind 0"))
  expect(lines).toHaveLength(102)
})

test("errors during different work are different kinds", () => {
  for (const during of ["open", "close", "open"]) errors.add("text", during)
  now = 1_000
  errors.add("text", "open")
  expect(lines).toEqual([
    'error {"during":"open","error":"string","times":1}',
    'error {"during":"close","error":"string","times":1}',
    'error {"during":"open","error":"string","times":2}',
  ])
})
