/** Runs the tests, several files at a time, with a real browser and a real Postgres, prints which, and ends with the counts. */
import { chmod, mkdtemp, rm } from "node:fs/promises"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describeChromium } from "../tests/support/chromium.ts"
import { findPostgres } from "../tests/support/postgres-binaries.ts"
import { endStragglers } from "./stragglers.ts"
import { Summary } from "./summary.ts"

/** Long enough for a browser's start on a busy machine. A test that needs longer sets its own. */
const timeoutMs = 20_000

/** One more than there are processors, for a worker often waits for a server or a browser. */
const workers = availableParallelism() + 1

process.chdir(fileURLToPath(new URL("..", import.meta.url)))

// Removed after the run, with what killed tests left there. Open to all users, for Postgres has its own.
const folder = await mkdtemp(join(tmpdir(), "duet-tests-"))
await chmod(folder, 0o755)
const run = crypto.randomUUID()
Object.assign(process.env, { TMPDIR: folder, DUET_TEST_RUN: run })

let runner: Bun.Subprocess | undefined
let interrupted = false
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt)

console.log(`Browser: ${await describeChromium()}`)
console.log(`Postgres: ${(await findPostgres()).origin}`)
const summary = new Summary()
const status = await test(summary)
if (interrupted) console.log("Interrupted before everything was counted")
console.log(summary.line(status))
process.exit(interrupted ? 130 : status)

async function test(summary: Summary): Promise<number> {
  const command = [
    process.execPath,
    "--no-orphans",
    "test",
    `--parallel=${workers}`,
    `--timeout=${timeoutMs}`,
    ...process.argv.slice(2),
  ]
  const colours = process.stderr.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: "1" } : {}
  const tests = Bun.spawn(command, {
    env: { ...process.env, ...colours },
    stdio: ["ignore", "inherit", "pipe"],
  })
  runner = tests
  const reading = summary.follow(tests.stderr, process.stderr)
  const status = await tests.exited
  // A process that is left may hold the other end of the pipe.
  const left = await clearAway()
  await reading
  if (left > 0 && !interrupted) console.log(`Ended ${left} processes that outlived the tests`)
  return status
}

/** Resolves with the number of processes that it had to end. */
async function clearAway(): Promise<number> {
  const ended = await endStragglers(`DUET_TEST_RUN=${run}`)
  await rm(folder, { recursive: true, force: true })
  return ended
}

/** Kills the runner, which would leave its children behind on SIGTERM; `clearAway` ends them. */
async function interrupt(): Promise<void> {
  interrupted = true
  if (runner) return runner.kill("SIGKILL")
  await clearAway()
  process.exit(130)
}
