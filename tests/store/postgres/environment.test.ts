/** Starts beside another Postgres client's variables, and as a user without a name. */
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test"
import { join } from "node:path"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { startPostgres, type TestPostgres } from "../../support/postgres.ts"
import { until } from "../../support/until.ts"

const nameless = 54_321
/** Variables that mislead every Postgres client that reads them. */
const astray = {
  PGHOST: "127.0.0.1",
  PGPORT: "1",
  PGUSER: "nobody-here",
  PGUSERNAME: "nobody-here",
  PGPASSWORD: "wrong",
  PGDATABASE: "nothing-here",
  PGTARGETSESSIONATTRS: "any",
  PGSSLMODE: "verify-full",
  PGSSL: "verify-full",
  PGOPTIONS: "-c search_path=nowhere",
  PGAPPNAME: "other",
  PGCONNECT_TIMEOUT: "0",
  PGMAX: "0",
  PGBACKOFF: "never",
}

let server: TestPostgres
let duet: RunningDuet | undefined

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())
afterEach(async () => {
  await duet?.stop()
  duet = undefined
})

async function isReady(running: RunningDuet): Promise<boolean> {
  const answer = await fetch(`${running.url}/health/ready`)
  return answer.status === 200
}

/** Resolves once presence reaches the store. */
async function ready(env: Record<string, string>, uid?: number): Promise<void> {
  const running = await startDuet({ LOG_LEVEL: "warn", ...env }, uid === undefined ? {} : { uid })
  duet = running
  await until("presence reaches the store", () => isReady(running), 40_000)
}

test("variables of another Postgres client do not matter to the embedded one (C42)", async () => {
  await ready(astray)
}, 60_000)

test("variables of another Postgres client change nothing that DATABASE_URL says (C42)", async () => {
  await ready({ ...astray, DATABASE_URL: server.url.replace("duet@", "duet:any@") })
}, 60_000)

test("PGHOST, PGPORT, PGUSER and PGDATABASE fill what DATABASE_URL leaves out (C42)", async () => {
  const { port } = new URL(server.url)
  await ready({
    ...astray,
    DATABASE_URL: "postgres://",
    PGPORT: port,
    PGUSER: "duet",
    PGDATABASE: "postgres",
  })
}, 60_000)

test("an account without a name can use the embedded Postgres, and another one if the URL names a user (C42)", async () => {
  if (!canBeNameless()) return
  await ready({}, nameless)
  await duet?.stop()
  await ready({ DATABASE_URL: server.url }, nameless)
  await duet?.stop()
  duet = undefined
  const refused = startDuet({ DATABASE_URL: "postgres://127.0.0.1/chat" }, { uid: nameless })
  await expect(refused).rejects.toThrow("it names no user, and your account has no name")
}, 90_000)

/** Only root can switch to another user, who must be able to read these files. */
function canBeNameless(): boolean {
  if (process.getuid?.() !== 0) return false
  const project = join(import.meta.dir, "../../../src/main.ts")
  const identity = { uid: nameless, gid: nameless }
  const reads = Bun.spawnSync(
    ["sh", "-c", 'test -r "$0" && test -x "$1"', project, process.execPath],
    identity,
  )
  if (reads.exitCode === 0) return true
  console.log("Not tried: this folder is closed to others")
  return false
}
