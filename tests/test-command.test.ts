import { afterEach, beforeEach, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Writable } from "node:stream"
import { endStragglers } from "../scripts/stragglers.ts"
import { Summary } from "../scripts/summary.ts"

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "duet-tests-"))
})

afterEach(() => rm(folder, { recursive: true }))

test("the last line counts passed, failed and skipped tests", async () => {
  const line = await lastLineOf({
    "mixed.test.ts": `
      import { expect, test } from "bun:test"
      test("good", () => {})
      test("better", () => {})
      test("bad", () => expect(1).toBe(2))
      test.${"skip"}("later", () => {})
      test.${"todo"}("some day")`,
  })
  expect(line).toBe("2 passed, 1 failed, 2 skipped")
})

test("the last line leaves out counts of zero", async () => {
  expect(await lastLineOf({ "good.test.ts": `require("bun:test").test("good", () => {})` })).toBe(
    "1 passed, 0 failed",
  )
})

test("a test file that cannot be loaded is a failure", async () => {
  const line = await lastLineOf({
    "good.test.ts": `require("bun:test").test("good", () => {})`,
    "lost.test.ts": `import "./nowhere.ts"`,
  })
  expect(line).toBe("1 passed, 1 failed")
})

test("a test that ends its process is a failure, and the other files are counted", async () => {
  const line = await lastLineOf({
    "good.test.ts": `require("bun:test").test("good", () => {})`,
    "ended.test.ts": `require("bun:test").test("ended", () => process.kill(process.pid, "SIGKILL"))`,
  })
  expect(line).toBe("1 passed, 1 failed")
})

test("a runner that ends without output is a failure", async () => {
  expect(await lastLineOf({})).toBe("0 passed, 1 failed")
})

test("processes that a run leaves behind are ended, also those with a new parent; all others live on", async () => {
  if (process.platform !== "linux") return // elsewhere the runner's own --no-orphans has to do
  const run = crypto.randomUUID()
  const env = { ...process.env, DUET_TEST_RUN: run }
  const parent = Bun.spawn(["sh", "-c", "sleep 60 >/dev/null 2>&1 & echo $!"], { env })
  const orphan = (await new Response(parent.stdout).text()).trim()
  await parent.exited
  const other = Bun.spawn(["sleep", "60"])
  try {
    expect(existsSync(`/proc/${orphan}`)).toBe(true)
    expect(await endStragglers(`DUET_TEST_RUN=${run}`)).toBe(1)
    expect(existsSync(`/proc/${other.pid}`)).toBe(true)
  } finally {
    other.kill()
  }
})

async function lastLineOf(files: Record<string, string>): Promise<string> {
  for (const [name, source] of Object.entries(files)) await Bun.write(join(folder, name), source)
  const runner = Bun.spawn([process.execPath, "test", "--parallel=2"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  })
  const summary = new Summary()
  await summary.follow(runner.stderr, new Writable({ write: (_piece, _encoding, done) => done() }))
  return summary.line(await runner.exited)
}
