import { afterAll, beforeAll, expect, test } from "bun:test"
import postgres, { type Sql } from "postgres"
import { ClassicClient } from "../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { startPostgres, type TestPostgres } from "../support/postgres.ts"

let server: TestPostgres
let sql: Sql
const programs: RunningDuet[] = []

beforeAll(async () => {
  server = await startPostgres()
  sql = postgres(server.url, { max: 1, onnotice: () => {} })
}, 60_000)

afterAll(async () => {
  for (const program of programs) await program.stop()
  await sql.end({ timeout: 1 })
  await server.stop()
}, 60_000)

async function start(env: Record<string, string> = {}): Promise<RunningDuet> {
  const duet = await startDuet({ DATABASE_URL: server.url, LEASE: "2", LOG_LEVEL: "error", ...env })
  programs.push(duet)
  return duet
}

/** The names that the table shows as online. */
async function shown(): Promise<string[]> {
  try {
    return (await sql`select name from people_online order by name`).map(({ name }) => String(name))
  } catch {
    return ["(the store is away)"]
  }
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await Bun.sleep(50)
}

const untilShown = (names: string[]) => until(async () => Bun.deepEquals(await shown(), names))
const readiness = async ({ url }: RunningDuet) => (await fetch(`${url}/health/ready`)).status

test("presence reaches the table, and a clean stop removes its own rows (C13)", async () => {
  const duet = await start()
  const [anna] = [await ClassicClient.join(duet.url, "anna"), await ClassicClient.join(duet.url, "ben")]
  await untilShown(["anna", "ben"])
  anna.close()
  await untilShown(["ben"])
  const [node] = await sql`select count(*)::int as count from nodes`
  expect(node?.count).toBe(1)
  expect(await duet.stop()).toBe(0)
  expect(await shown()).toEqual([])
  expect(await sql`select * from nodes`).toHaveLength(0)
}, 60_000)

test("SIGTERM closes the sockets with 1012, removes the rows and ends with 0 within DRAIN_TIMEOUT (C14)", async () => {
  const duet = await start()
  const clients = [await ClassicClient.join(duet.url, "anna"), await ClassicClient.join(duet.url, "ben")]
  await untilShown(["anna", "ben"])
  const began = performance.now()
  const [code, ...closes] = await Promise.all([duet.stop(), ...clients.map(({ closed }) => closed.promise)])
  expect(code).toBe(0)
  expect(performance.now() - began).toBeLessThan(5000)
  expect(closes.map((close) => close.code)).toEqual([1012, 1012])
  expect(await shown()).toEqual([])
}, 60_000)

test("SIGTERM ends with 0 within DRAIN_TIMEOUT also when the store is away (C14)", async () => {
  const duet = await start({ DATABASE_URL: "postgres://duet@127.0.0.1:1/duet", DRAIN_TIMEOUT: "2" })
  const anna = await ClassicClient.join(duet.url, "anna")
  expect(await duet.stop()).toBe(0)
  expect((await anna.closed.promise).code).toBe(1012)
}, 60_000)

test("after kill -9 and a new start the table shows none of the earlier people beyond the lease (C15)", async () => {
  const first = await start()
  await ClassicClient.join(first.url, "ghost")
  await untilShown(["ghost"])
  await first.kill()
  const second = await start()
  await ClassicClient.join(second.url, "living")
  await untilShown(["living"])
  await second.stop()
}, 60_000)

test("no message is lost when Postgres is killed under load, and the rows are right after its restart (C16)", async () => {
  const duet = await start({ MESSAGE_RATE: "0", FRAME_RATE: "0" })
  const [anna, ben] = [await ClassicClient.join(duet.url, "anna"), await ClassicClient.join(duet.url, "ben")]
  await until(async () => (await readiness(duet)) === 200)
  let sent = 0
  const load = setInterval(() => {
    for (let i = 0; i < 10; i++) anna.say(ben.id, `message ${sent++}`)
  }, 10)
  try {
    await ben.until(() => ben.contents.length >= 100)
    await server.kill()
    const cleo = await ClassicClient.join(duet.url, "cleo")
    await anna.until(() => anna.listed.includes("cleo"))
    await until(async () => (await readiness(duet)) === 503)
    const soFar = ben.contents.length
    await ben.until(() => ben.contents.length >= soFar + 500)
    cleo.close()
    await anna.until(() => !anna.listed.includes("cleo"))
    await server.restart()
    await until(async () => (await readiness(duet)) === 200)
    await untilShown(["anna", "ben"])
  } finally {
    clearInterval(load)
  }
  await ben.until(() => ben.contents.length === sent)
  expect(ben.contents).toEqual(Array.from({ length: sent }, (_, i) => `message ${i}`))
  expect(anna.frames.some(({ type }) => type === "error")).toBe(false)
}, 60_000)

test("people chat when the store never was available (C16)", async () => {
  const duet = await start({ DATABASE_URL: "postgres://duet@127.0.0.1:1/duet" })
  const [anna, ben] = [await ClassicClient.join(duet.url, "anna"), await ClassicClient.join(duet.url, "ben")]
  anna.say(ben.id, "hello")
  await ben.until(() => ben.contents.includes("hello"))
  expect(await readiness(duet)).toBe(503)
}, 60_000)
