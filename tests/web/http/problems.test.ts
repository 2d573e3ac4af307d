import { expect, test } from "bun:test"
import { AskError } from "../../../src/actor/index.ts"
import { problemOf } from "../../../src/web/http/problems.ts"

test("a page whose session does not answer in time is 503, and says when to try again", () => {
  const { status, code, message, retryAfterMs } = problemOf("UNKNOWN", new AskError("timeout"))
  expect([status, code]).toEqual([503, "overloaded"])
  expect(message).toContain("try again")
  expect(retryAfterMs).toBeGreaterThanOrEqual(1000)
})

test("an unknown path is 404, and an error of the server 500", () => {
  expect(problemOf("NOT_FOUND", new Error("x")).status).toBe(404)
  expect(problemOf("UNKNOWN", new TypeError("x")).status).toBe(500)
  expect(problemOf("UNKNOWN", undefined).status).toBe(500)
})
