import { expect, test } from "bun:test"
import { readdirSync } from "node:fs"
import { Descriptors, openable } from "../../../src/web/limits/descriptors.ts"

test("some descriptors are kept in reserve, and sockets leave more than the reserve free", () => {
  for (const [limit, reserve, sockets] of [
    [64, 8, 40],
    [256, 16, 208],
    [1024, 32, 928],
    [1_000_000, 32, 999_904],
  ] as const) {
    const descriptors = new Descriptors(limit, () => limit)
    expect(descriptors.reserve).toBe(reserve)
    expect(descriptors.maxSockets).toBe(sockets)
  }
})

test("newcomers are refused below twice the reserve, and the port is closed below the reserve", () => {
  let free = 16
  const descriptors = new Descriptors(64, () => free)
  expect([descriptors.look(), descriptors.isScarce]).toEqual(["ample", false])
  free = 15
  expect([descriptors.look(), descriptors.isScarce]).toEqual(["scarce", true])
  free = 8
  expect(descriptors.look()).toBe("scarce")
  free = 7
  expect([descriptors.look(), descriptors.isScarce]).toEqual(["out", true])
  free = 64
  expect([descriptors.look(), descriptors.isScarce]).toEqual(["ample", false])
})

test("where the system does not tell, free descriptors are counted by opening some, and none stays open", () => {
  const before = readdirSync("/dev/fd").length
  expect(openable(20)).toBe(20)
  expect(readdirSync("/dev/fd")).toHaveLength(before)
})

test("a process with a low limit counts its free descriptors", async () => {
  const program = `
    import { openSync } from "node:fs"
    import { Descriptors, openable } from "./src/web/limits/descriptors.ts"
    const descriptors = new Descriptors()
    const { limit } = descriptors
    const seen = [descriptors.look()]
    for (let left = openable(1000); left > 12; left--) openSync("/dev/null")
    seen.push(descriptors.look())
    for (let i = 0; i < 6; i++) openSync("/dev/null")
    seen.push(descriptors.look())
    console.log(JSON.stringify({ limit, seen }))`
  const ran = Bun.spawn(["sh", "-c", `ulimit -n 64 && exec "${process.execPath}" -e '${program}'`], {
    cwd: `${import.meta.dir}/../../..`,
    stdout: "pipe",
  })
  expect(JSON.parse(await ran.stdout.text())).toEqual({ limit: 64, seen: ["ample", "scarce", "out"] })
})
