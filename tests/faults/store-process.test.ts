/** The chat's process survives whatever happens to the store's process or to Postgres. */
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test"
import { readdir, readlink } from "node:fs/promises"
import postgres, { type Sql } from "postgres"
import { ClassicClient } from "../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { FaultyPostgres, password } from "../support/faulty-postgres.ts"
import { startPostgres, type TestPostgres } from "../support/postgres.ts"
import { childrenOf, commandLine, isAlive } from "../support/processes.ts"
import { until } from "../support/until.ts"

const patienceMs = 45_000

let server: TestPostgres
let sql: Sql
let programs: RunningDuet[] = []

beforeAll(async () => {
  server = await startPostgres()
  sql = postgres(server.url, { max: 1, onnotice: () => {} })
}, 60_000)

afterEach(async () => {
  await Promise.all(programs.map((program) => program.stop()))
  programs = []
}, 60_000)

afterAll(async () => {
  await sql.end({ timeout: 1 })
  await server.stop()
}, 60_000)

async function start(env: Record<string, string> = {}): Promise<RunningDuet> {
  const duet = await startDuet({ DATABASE_URL: server.url, LEASE: "2", LOG_LEVEL: "warn", ...env })
  programs.push(duet)
  return duet
}

function answers(duet: RunningDuet, status: number): Promise<unknown> {
  const ready = async () => (await fetch(`${duet.url}/health/ready`)).status === status
  return until(`/health/ready answers ${status}`, ready, patienceMs)
}

function shown(...names: string[]): Promise<unknown> {
  const look = async () => {
    const rows = await sql`select name from people_online order by name`.catch(() => [])
    return Bun.deepEquals(
      rows.map(({ name }) => String(name)),
      names,
    )
  }
  return until(`the table shows ${names.join(", ") || "nobody"}`, look, patienceMs)
}

async function storeOf(duet: RunningDuet): Promise<number> {
  const [pid, ...others] = await childrenOf(duet.pid)
  if (pid === undefined || others.length > 0) throw new Error("the chat's process must have one child")
  return pid
}

/** Two who talk to each other, whatever happens to the store. */
async function pair(duet: RunningDuet) {
  const [anna, ben] = [await ClassicClient.join(duet.url, "anna"), await ClassicClient.join(duet.url, "ben")]
  let said = 0
  return {
    async talk(): Promise<void> {
      const words = `word ${said++}`
      anna.say(ben.id, words)
      await ben.until(() => ben.contents.includes(words))
    },
  }
}

test("when the store's process is killed people chat on, another one starts, and the rows are right again (C16)", async () => {
  const duet = await start()
  const { talk } = await pair(duet)
  await shown("anna", "ben")
  const nodes = [...(await sql`select id from nodes`)]
  const killed = await storeOf(duet)
  await sql`delete from users`
  process.kill(killed, "SIGKILL")
  await talk()
  await shown("anna", "ben")
  await answers(duet, 200)
  expect(await storeOf(duet)).not.toBe(killed)
  expect([...(await sql`select id from nodes`)]).toEqual(nodes)
  expect(duet.output()).toContain("STORE_ENDED: the store's process ended with SIGKILL")
  await talk()
}, 60_000)

test("when the embedded Postgres's process is killed people chat on, and another one is ready soon (C16)", async () => {
  const duet = await start({ DATABASE_URL: "" })
  const { talk } = await pair(duet)
  await answers(duet, 200)
  process.kill(await storeOf(duet), "SIGKILL")
  await until("its end is noticed", () => duet.output().includes("STORE_ENDED"))
  await talk()
  await answers(duet, 200)
  await talk()
}, 60_000)

test("whatever Postgres or a pooler answers, people chat on, and presence is right again afterwards (C16)", async () => {
  const faulty = await FaultyPostgres.start(server.url)
  try {
    const duet = await start({ DATABASE_URL: faulty.url })
    const { talk } = await pair(duet)
    for (const mode of ["fatal", "login", "noise", "cut", "silence"] as const) {
      await answers(duet, 200)
      faulty.switchTo(mode)
      await answers(duet, 503)
      await talk()
      await until(`${mode} has several connections`, () => faulty.connections >= 3, patienceMs)
      await talk()
      faulty.switchTo("real")
      await shown("anna", "ben")
    }
    await answers(duet, 200)
    await talk()
    expect(duet.output()).toContain("server login has been failing")
    expect(duet.output()).not.toContain(password)
  } finally {
    faulty.stop()
  }
}, 180_000)

test("people chat on while an administrator ends the database's sessions again and again (C16)", async () => {
  const duet = await start()
  const { talk } = await pair(duet)
  for (let round = 0; round < 10; round++) {
    await answers(duet, 200)
    await until("a session is ended", async () => {
      const ended = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'duet'`
      return ended.length > 0
    })
    await talk()
  }
  await shown("anna", "ben")
}, 60_000)

test("when the chat's process is killed its store's process removes the rows at once and ends (C15)", async () => {
  const duet = await start({ LEASE: "600" })
  await ClassicClient.join(duet.url, "ghost")
  await shown("ghost")
  const store = await storeOf(duet)
  await duet.kill()
  await shown()
  await until("the store's process is gone", () => !isAlive(store))
}, 60_000)

test("the store's process ignores signals, and the chat's process has it remove the rows (C14)", async () => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    const duet = await start({ LEASE: "600" })
    await ClassicClient.join(duet.url, "anna")
    await shown("anna")
    const store = await storeOf(duet)
    process.kill(store, signal)
    process.kill(duet.pid, signal)
    expect(await duet.exited).toBe(0)
    expect([...(await sql`select * from nodes`)]).toEqual([])
    expect(isAlive(store)).toBe(false)
  }
}, 60_000)

test("the store's process has no secret in its command line, and holds none of the log's pipes", async () => {
  const duet = await start()
  await answers(duet, 200)
  const store = await storeOf(duet)
  const args = await commandLine(store)
  expect(args).toContain("src/store/process/main.ts")
  expect(args).not.toContain("postgres://")
  if (process.platform !== "linux") return
  const log = [await readlink(`/proc/${duet.pid}/fd/1`), await readlink(`/proc/${duet.pid}/fd/2`)]
  const held = await Promise.all((await readdir(`/proc/${store}/fd`)).map((fd) => target(store, fd)))
  expect(held).toContain("/dev/null")
  expect(held.filter((each) => log.includes(each))).toEqual([])
}, 60_000)

/** What a descriptor refers to; "" once it is closed. */
function target(pid: number, fd: string): Promise<string> {
  return readlink(`/proc/${pid}/fd/${fd}`).catch(() => "")
}
