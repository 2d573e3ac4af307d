/** Databases that do not fit: another program's tables, no privileges, a narrow encoding. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test"
import postgres, { type Sql } from "postgres"
import { parseDatabaseUrl } from "../../../src/store/postgres/database-url.ts"
import { describeFailure } from "../../../src/store/postgres/failure.ts"
import { PostgresPresenceStore } from "../../../src/store/postgres/postgres-store.ts"
import type { StoreLog } from "../../../src/store/store-log.ts"
import { ClassicClient } from "../../support/classic-client.ts"
import { startDuet } from "../../support/duet.ts"
import { startPostgres, type TestPostgres } from "../../support/postgres.ts"
import { until } from "../../support/until.ts"
import { gone, person, present } from "../rows.ts"
import { empty, peopleOnline, silent } from "../servers.ts"

let server: TestPostgres
let sql: Sql
let stores: PostgresPresenceStore[] = []

beforeAll(async () => {
  server = await startPostgres()
  sql = postgres(server.url, { max: 1, prepare: false, onnotice: silent })
  await sql`create database latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0`
})
afterAll(async () => {
  await sql.end({ timeout: 0 })
  await server.stop()
})
beforeEach(() => empty(sql))
afterEach(async () => {
  await Promise.allSettled(stores.map((store) => store.close()))
  stores = []
})

function storeAt(url: string, log: StoreLog = silent): PostgresPresenceStore {
  const at = parseDatabaseUrl(url)
  const store = new PostgresPresenceStore({ at, nodeId: crypto.randomUUID(), leaseSeconds: 30, log })
  stores.push(store)
  return store
}

function failureAt(url: string): Promise<string> {
  return storeAt(url)
    .open()
    .then(() => "none", describeFailure)
}

/** Every table of the schema with its rows. */
async function everything(): Promise<string> {
  const [dump] = await sql<{ xml: string }[]>`select schema_to_xml('public', true, true, '') as xml`
  return String(dump?.xml)
}

test.each([
  [
    "a framework's migrations",
    "create table schema_migrations (version varchar primary key)",
    "schema_migrations",
  ],
  [
    "migrations by another tool",
    "create table schema_migrations (version bigint, dirty boolean)",
    "schema_migrations",
  ],
  [
    "another program's users",
    "create table users (id serial, email text); insert into users (email) values ('a')",
    "users",
  ],
  ["another program's nodes", "create table nodes (id uuid, title text)", "nodes"],
  ["a view of our name", "create view people_online as select 1 as one", "people_online"],
])("%s are reported at the start with what to do, and stay as they are (C38)", async (_, script, name) => {
  await sql.unsafe(script).simple()
  const before = await everything()
  const failure = await failureAt(server.url)
  expect(failure).toStartWith("SCHEMA: ")
  expect(failure).toContain(name)
  expect(failure).toContain('"create schema duet", and ?schema=duet in DATABASE_URL')
  expect(await everything()).toBe(before)
  await sql`create schema duet`
  expect(await failureAt(`${server.url}?schema=duet`)).toBe("none")
  expect(await everything()).toBe(before)
  await sql`drop schema duet cascade`
})

test("tables of ours that somebody changed are reported with what to do (C40)", async () => {
  expect(await failureAt(server.url)).toBe("none")
  await sql.unsafe("drop table users cascade; create table users (email text)").simple()
  expect(await failureAt(server.url)).toMatch(
    /^SCHEMA: column "node_id" does not exist: .* not as Duet made them/,
  )
})

test("the error for a role that may not create tables says what to grant, and existing tables need no such grant (C40)", async () => {
  await sql.unsafe("revoke create on schema public from public; create role guest login").simple()
  const guest = server.url.replace("duet@", "guest@")
  expect(await failureAt(guest)).toContain("SCHEMA: no schema of the search path can be used")
  await sql`grant usage on schema public to guest`
  expect(await failureAt(guest)).toBe(
    "SCHEMA: permission denied for schema public. Let Duet's role make its tables: " +
      '"grant usage, create on schema public to guest", or give it a ?schema= of its own.',
  )
  expect(await failureAt(server.url)).toBe("none")
  expect(await failureAt(guest)).toContain(
    "denied for table schema_migrations. Let Duet's role read and write its tables",
  )
  await sql`grant select, insert, update, delete on all tables in schema public to guest`
  expect(await failureAt(guest)).toBe("none")
  await sql.unsafe("drop owned by guest; drop role guest").simple()
})

test("a Duet in another program's database chats, and says once what to do (C40)", async () => {
  await sql`create table users (id serial, email text)`
  const duet = await startDuet({ DATABASE_URL: server.url, LOG_LEVEL: "debug" })
  try {
    const [anna, ben] = [
      await ClassicClient.join(duet.url, "anna"),
      await ClassicClient.join(duet.url, "ben"),
    ]
    anna.say(ben.id, "hello")
    await ben.until(() => ben.contents.includes("hello"))
    await until("it was tried again", () => duet.output().split("SCHEMA: ").length > 2)
    const warnings = duet
      .output()
      .split("\n")
      .filter((line) => /warn/i.test(line) && line.includes("SCHEMA"))
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain("?schema=duet in DATABASE_URL")
  } finally {
    await duet.stop()
  }
})

test("in LATIN1 only the rows of names that do not fit are left out (C41)", async () => {
  const latin = server.url.replace(/postgres$/, "latin")
  const view = postgres(latin, { max: 1, prepare: false, onnotice: silent })
  const told: string[] = []
  try {
    const store = storeAt(latin, (level, message) => told.push(`${level}: ${message}`))
    await store.open()
    const [ann, zoe, li] = [person("Ann"), person("Zoë"), person("李")]
    await store.write([present(ann), present(li), present(zoe)])
    expect(await peopleOnline(view)).toEqual(["Ann", "Zoë"])
    expect(await store.renew()).toBe(3)
    await store.write([present({ ...ann, name: "Анна" }), present({ ...li, name: "Li" })])
    expect(await peopleOnline(view)).toEqual(["Li", "Zoë"])
    expect(await store.renew()).toBe(3)
    await store.write([gone(ann), gone(zoe), present(person("👋"))])
    expect(await peopleOnline(view)).toEqual(["Li"])
    expect(await store.renew()).toBe(2)
    expect(told).toEqual(["warn: people whose names the database's encoding cannot hold are left out of it"])
  } finally {
    await view.end({ timeout: 0 })
  }
})

test("thousands of names that do not fit cost a few statements, not one each (C41)", async () => {
  const store = storeAt(server.url.replace(/postgres$/, "latin"))
  await store.open()
  const crowd = Array.from({ length: 4000 }, (_, index) =>
    person(index % 2 === 0 ? `李 ${index}` : `Person ${index}`),
  )
  await store.write(crowd.map(present))
  expect(await store.renew()).toBe(4000)
  const view = postgres(server.url.replace(/postgres$/, "latin"), { max: 1, onnotice: silent })
  expect(await peopleOnline(view)).toHaveLength(2000)
  await view.end({ timeout: 0 })
})
