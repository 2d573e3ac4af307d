import { expect, test } from "bun:test"
import { endingSignals, isImpatient } from "../src/signals.ts"

test("a closing terminal stops the server like a service manager, unless nohup ignores SIGHUP", () => {
  expect(endingSignals(0n)).toEqual(["SIGTERM", "SIGINT", "SIGHUP"])
  expect(endingSignals(0x1001000n)).toContain("SIGHUP")
  expect(endingSignals(0x1001001n)).toEqual(["SIGTERM", "SIGINT"])
})

test("a second signal ends the wait, unless it is the first one passed on or comes from a closing terminal", () => {
  expect(isImpatient("SIGINT", 5)).toBe(false)
  expect(isImpatient("SIGINT", 1_000)).toBe(true)
  expect(isImpatient("SIGTERM", 1_000)).toBe(true)
  expect(isImpatient("SIGHUP", 60_000)).toBe(false)
})
