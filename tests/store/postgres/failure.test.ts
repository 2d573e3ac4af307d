import { expect, test } from "bun:test"
import { describeFailure } from "../../../src/store/postgres/failure.ts"

test("a failure is described by its code and message, in one line", () => {
  const refused = Object.assign(new Error("connect failed\n  at 127.0.0.1"), { code: "ECONNREFUSED" })
  expect(describeFailure(refused)).toBe("ECONNREFUSED: connect failed at 127.0.0.1")
  expect(describeFailure("text")).toBe("unknown failure")
  expect(describeFailure(new Error("x".repeat(1000)))).toHaveLength(300)
})
