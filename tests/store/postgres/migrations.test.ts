import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { cp, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { readMigrations } from "../../../src/store/postgres/migrations.ts"
import type {
  PostgresPresenceStore,
  PostgresStoreOptions,
} from "../../../src/store/postgres/postgres-store.ts"
import { SchemaError } from "../../../src/store/postgres/schema-error.ts"
import { type Database, databases, empty, nodeAt } from "../servers.ts"

const ownFolder = join(import.meta.dir, "../../../sql")

describe.each(databases)("the schema on $name", ({ start }) => {
  let database: Database
  let folder: string
  let stores: PostgresPresenceStore[] = []

  beforeAll(async () => {
    database = await start()
  })
  afterAll(() => database.stop())

  beforeEach(async () => {
    await empty(database.sql)
    folder = await mkdtemp(join(tmpdir(), "duet-test-migrations-"))
    await cp(ownFolder, folder, { recursive: true })
  })
  afterEach(async () => {
    await Promise.allSettled(stores.map((store) => store.close()))
    stores = []
    await rm(folder, { recursive: true })
  })

  function node(options: Partial<PostgresStoreOptions> = {}): PostgresPresenceStore {
    const store = nodeAt(database, { migrations: folder, ...options })
    stores.push(store)
    return store
  }

  async function applied(): Promise<string[]> {
    const rows = await database.sql<{ name: string }[]>`select name from schema_migrations order by number`
    return rows.map((row) => row.name)
  }

  test("is made by the numbered migrations, each of them recorded", async () => {
    await node({ migrations: ownFolder }).open()
    expect(await applied()).toEqual((await readMigrations()).map((migration) => migration.name))
  })

  test("is left alone by a second start", async () => {
    await node().open()
    const first = await database.sql`select * from schema_migrations`
    await node().open()
    expect([...(await database.sql`select * from schema_migrations`)]).toEqual([...first])
  })

  test("is made once when many start at once", async () => {
    // The embedded Postgres serves one program over one connection: there they start one after another.
    const atOnce = database.connections > 1 ? 5 : 1
    await Bun.write(join(folder, "0002_slow.sql"), "create table slow (n integer); select pg_sleep(0.2);")
    await Promise.all(Array.from({ length: atOnce }, () => node().open()))
    expect(await applied()).toHaveLength((await readMigrations(folder)).length)
  })

  test("gets the migrations of a later program", async () => {
    await node().open()
    await Bun.write(join(folder, "0002_more.sql"), "create table more (n integer);")
    await node().open()
    expect(await applied()).toEqual(["0001_presence.sql", "0002_more.sql"])
  })

  test("is refused when it is newer than the program, with what to do", async () => {
    await node().open()
    await database.sql`
      insert into schema_migrations (number, name, checksum) values (2, '0002_future.sql', 'unknown')`
    const refusal = await node()
      .open()
      .catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(SchemaError)
    expect(String(refusal)).toContain("newer than this program: it has 0002_future.sql")
  })

  test("is refused when a migration was changed after it was applied", async () => {
    await node().open()
    await Bun.write(join(folder, "0001_presence.sql"), "create table other (n integer);")
    const refusal = await node()
      .open()
      .catch((error: unknown) => error)
    expect(String(refusal)).toContain("migrated with a different 0001_presence.sql")
  })

  test("keeps nothing of a migration that fails", async () => {
    await Bun.write(join(folder, "0002_broken.sql"), "create table half (n integer); select 1 / 0;")
    await expect(node().open()).rejects.toThrow("division by zero")
    expect(await applied()).toEqual(["0001_presence.sql"])
    const [half] = await database.sql`select to_regclass('half') as found`
    expect(half?.found).toBeNull()
  })
})
