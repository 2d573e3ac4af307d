/** Runs the tests with a real browser and a real Postgres, says which, and ends with what the runner counted. */
import { fileURLToPath } from "node:url"
import { describeChromium } from "../tests/support/chromium.ts"
import { startPostgres } from "../tests/support/postgres.ts"
import { endStragglers } from "./stragglers.ts"
import { Summary } from "./summary.ts"

/** Browsers start slowly on a busy machine. A test that needs longer says so itself. */
const timeoutMs = 20_000

process.chdir(fileURLToPath(new URL("..", import.meta.url)))
const run = crypto.randomUUID()
process.env.DUET_TEST_RUN = run

let runner: Bun.Subprocess | undefined
let interrupted = false
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt)

console.log(`Browser: ${await describeChromium()}`)
console.log(`Postgres: ${await describePostgres()}`)
process.exit(await test())

async function describePostgres(): Promise<string> {
  const postgres = await startPostgres()
  await postgres.stop()
  return postgres.how
}

async function test(): Promise<number> {
  const command = [
    process.execPath,
    "--no-orphans",
    "test",
    `--timeout=${timeoutMs}`,
    ...process.argv.slice(2),
  ]
  const colours = process.stderr.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: "1" } : {}
  const tests = Bun.spawn(command, {
    env: { ...process.env, ...colours },
    stdio: ["ignore", "inherit", "pipe"],
  })
  runner = tests
  const summary = new Summary()
  const reading = summary.follow(tests.stderr, process.stderr)
  const status = await tests.exited
  const left = await endStragglers(`DUET_TEST_RUN=${run}`)
  await reading
  if (interrupted) console.log("Interrupted before everything was counted")
  else if (left > 0) console.log(`Ended ${left} processes that outlived the tests`)
  console.log(summary.line(status))
  return interrupted ? 130 : status
}

/** The runner is ended, not asked to end: it would leave its children behind, as `test` does not. */
async function interrupt(): Promise<void> {
  interrupted = true
  if (runner) return runner.kill("SIGKILL")
  await endStragglers(`DUET_TEST_RUN=${run}`)
  process.exit(130)
}
