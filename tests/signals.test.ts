import { expect, test } from "bun:test"
import { endingSignals } from "../src/signals.ts"

test("a terminal that closes stops the server as a service manager does, unless nohup had it ignored", () => {
  expect(endingSignals(0n)).toEqual(["SIGTERM", "SIGINT", "SIGHUP"])
  expect(endingSignals(0x1001000n)).toContain("SIGHUP")
  expect(endingSignals(0x1001001n)).toEqual(["SIGTERM", "SIGINT"])
})
