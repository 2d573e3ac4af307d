/** The writer against a real server that is killed, hung, emptied and replaced. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test"
import postgres, { type Sql } from "postgres"
import { ActorSystem, permanent, type Ref } from "../../src/actor/index.ts"
import type { PresenceChange, PresenceRow } from "../../src/chat/presence/presence-store.ts"
import { parseDatabaseUrl } from "../../src/store/postgres/database-url.ts"
import { PostgresPresenceStore } from "../../src/store/postgres/postgres-store.ts"
import { presenceWriter } from "../../src/store/presence-writer.ts"
import type { PresenceWriterMessage } from "../../src/store/presence-writer-message.ts"
import { type StoreHealth, startingHealth } from "../../src/store/store-health.ts"
import { startPostgres, type TestPostgres } from "../support/postgres.ts"
import { until } from "../support/until.ts"
import { gone, person, present } from "./rows.ts"
import { empty, peopleOnline, silent } from "./servers.ts"

let server: TestPostgres
let sql: Sql
let system: ActorSystem
let people: Map<string, PresenceRow>
let health: StoreHealth
let writer: Ref<PresenceWriterMessage>

beforeAll(async () => {
  server = await startPostgres()
  sql = postgres(server.url, { max: 1, prepare: false, onnotice: silent, connect_timeout: 2 })
})
afterAll(async () => {
  await sql.end({ timeout: 0 })
  await server.stop()
})

beforeEach(async () => {
  await empty(sql)
  system = new ActorSystem()
  people = new Map()
  health = startingHealth()
  writer = start()
})
afterEach(async () => {
  await closed(writer)
  await system.shutdown(1_000)
})

/** A node with a short lease, which soon notices changes that nobody reports. */
function start(): Ref<PresenceWriterMessage> {
  const nodeId = crypto.randomUUID()
  const store = new PostgresPresenceStore({
    at: parseDatabaseUrl(server.url),
    nodeId,
    leaseSeconds: 3,
    statementMs: 1_500,
  })
  const everyone = () => people.values()
  return system.spawn(presenceWriter({ store, leaseSeconds: 3, everyone, health, log: silent }), {
    supervision: permanent,
  })
}

function closed(ref: Ref<PresenceWriterMessage>): Promise<void> {
  return new Promise((done) => ref.tell({ type: "close", done }))
}

function come(...rows: PresenceRow[]): void {
  for (const row of rows) people.set(row.id, row)
  tell(rows.map(present))
}

function go(row: PresenceRow): void {
  people.delete(row.id)
  tell([gone(row)])
}

function tell(changes: readonly PresenceChange[]): void {
  writer.tell({ type: "changes", changes })
}

function shown(...names: string[]): Promise<unknown> {
  return until(`the table shows ${names.join(", ") || "nobody"}`, async () => {
    const seen = await peopleOnline(sql).catch(() => undefined)
    return seen?.join() === names.join()
  })
}

function becomes(state: StoreHealth["state"]): Promise<unknown> {
  return until(`the store is ${state}`, () => health.state === state)
}

test("the table follows people who come and go, and the node's end removes its rows", async () => {
  const [ann, bob] = [person("Ann"), person("Bob")]
  come(ann, bob)
  await shown("Ann", "Bob")
  go(ann)
  await shown("Bob")
  await closed(writer)
  expect(await peopleOnline(sql)).toEqual([])
})

test("a server that was killed and started again shows the people of that moment", async () => {
  const [ann, bob, cat] = [person("Ann"), person("Bob"), person("Cat")]
  come(ann, bob)
  await shown("Ann", "Bob")
  await server.kill()
  go(ann)
  await becomes("down")
  come(cat)
  expect(health.lastError).toMatch(/CONNECT|closed/i)
  await server.restart()
  await shown("Bob", "Cat")
  await becomes("up")
})

test("a server that was killed while thousands were being written shows all of them in the end", async () => {
  const crowd = Array.from({ length: 10_000 }, (_, index) => person(`Person ${index}`))
  await becomes("up")
  come(...crowd)
  await until("some of them are in flight", () => health.pending > 0 && health.pending < crowd.length + 1)
  await server.kill()
  await becomes("down")
  await server.restart()
  await becomes("up")
  expect(await peopleOnline(sql)).toHaveLength(crowd.length)
})

test("a server that hangs counts as down, and its table is right again when it wakes", async () => {
  const [ann, bob] = [person("Ann"), person("Bob")]
  come(ann)
  await shown("Ann")
  await server.pause()
  try {
    go(ann)
    come(bob)
    await becomes("down")
    expect(health.lastError).toContain("STORE_TIMEOUT")
  } finally {
    await server.resume()
  }
  await shown("Bob")
})

test("a table that somebody emptied is filled again", async () => {
  come(person("Ann"), person("Bob"))
  await shown("Ann", "Bob")
  await sql`delete from users`
  await shown("Ann", "Bob")
})

test("a database that somebody replaced gets its tables and rows again", async () => {
  come(person("Ann"), person("Bob"))
  await shown("Ann", "Bob")
  await empty(sql)
  await shown("Ann", "Bob")
})

test("a node that another one removed comes back with everybody", async () => {
  come(person("Ann"))
  await shown("Ann")
  await sql`delete from nodes`
  await shown("Ann")
})

test("a close while the server is away is done soon, and the rows expire with the lease", async () => {
  come(person("Ann"))
  await shown("Ann")
  await server.kill()
  await closed(writer)
  await server.restart()
  await shown()
})
