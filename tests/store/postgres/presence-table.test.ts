import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import {
  NodeForgotten,
  type PostgresPresenceStore,
  type PostgresStoreOptions,
} from "../../../src/store/postgres/postgres-store.ts"
import { until } from "../../support/until.ts"
import { gone, person, present } from "../rows.ts"
import { type Database, databases, empty, nodeAt, peopleOnline } from "../servers.ts"

describe.each(databases)("presence on $name", ({ start }) => {
  let database: Database
  let stores: PostgresPresenceStore[] = []

  beforeAll(async () => {
    database = await start()
  })
  afterAll(() => database.stop())
  beforeEach(() => empty(database.sql))
  afterEach(async () => {
    await Promise.allSettled(stores.map((store) => store.close()))
    stores = []
  })

  async function node(options: Partial<PostgresStoreOptions> = {}): Promise<PostgresPresenceStore> {
    const store = nodeAt(database, options)
    stores.push(store)
    await store.open()
    return store
  }

  test("shows who is online, and since when", async () => {
    const store = await node()
    const ann = person("Ann")
    await store.write([present(ann), present(person("Bob", { online: false }))])
    expect(await peopleOnline(database.sql)).toEqual(["Ann"])
    const rows = await database.sql`select id, since, node_id from people_online`
    expect([...rows]).toEqual([{ id: ann.id, since: new Date(ann.since), node_id: store.options.nodeId }])
    const [{ users } = { users: 0 }] = await database.sql<{ users: number }[]>`
      select count(*)::integer as users from users`
    expect(users).toBe(2)
  })

  test("follows a new name, a leave and a return", async () => {
    const store = await node()
    const ann = person("Ann")
    await store.write([present(ann)])
    await store.write([present({ ...ann, name: "Anna", online: false })])
    expect(await peopleOnline(database.sql)).toEqual([])
    await store.write([present({ ...ann, name: "Anna" }), present(person("Bob"))])
    expect(await peopleOnline(database.sql)).toEqual(["Anna", "Bob"])
    await store.write([gone(ann)])
    expect(await peopleOnline(database.sql)).toEqual(["Bob"])
  })

  test("gives a user to the node that wrote last, and no other node can remove the row", async () => {
    const [one, other] = [await node(), await node()]
    const ann = person("Ann")
    await one.write([present(ann)])
    await other.write([present({ ...ann, name: "Ann elsewhere" })])
    await one.write([gone(ann)])
    expect(await peopleOnline(database.sql)).toEqual(["Ann elsewhere"])
    await other.write([gone(ann)])
    expect(await peopleOnline(database.sql)).toEqual([])
  })

  test("keeps names as they are, whatever they hold", async () => {
    const names = [
      "'; drop table users; --",
      '{"a", "b"}',
      "\\N",
      "back\\slash",
      "null",
      "{}",
      "a,b",
      "👩‍👩‍👧‍👦 Ünïçødé",
      "اسم",
      "$1 %s {2}",
      '"',
    ]
    const store = await node()
    await store.write(names.map((name) => present(person(name))))
    expect((await peopleOnline(database.sql)).sort()).toEqual([...names].sort())
  })

  test("writes a name without its zero characters, which text cannot hold", async () => {
    const store = await node()
    await store.write([present(person("Zero\0Zero")), present(person("Ann"))])
    expect(await peopleOnline(database.sql)).toEqual(["Ann", "ZeroZero"])
  })

  test("takes 5,000 changes at once", async () => {
    const store = await node()
    const crowd = Array.from({ length: 5000 }, (_, index) => person(`Person ${index}`))
    await store.write(crowd.map(present))
    expect(await store.renew()).toBe(5000)
    await store.write(
      crowd.map((row, index) => (index % 2 === 0 ? gone(row) : present({ ...row, name: "Odd" }))),
    )
    expect(await store.renew()).toBe(2500)
    expect(new Set(await peopleOnline(database.sql))).toEqual(new Set(["Odd"]))
  })

  test("hides a dead node's people when its lease runs out, and shows those of living nodes", async () => {
    const [dead, living] = [await node(), await node()]
    await dead.write([present(person("Ann"))])
    await living.write([present(person("Bob"))])
    expect(await peopleOnline(database.sql)).toEqual(["Ann", "Bob"])
    const { nodeId } = dead.options
    await database.sql`update nodes set lease_until = now() + interval '100 milliseconds' where id = ${nodeId}`
    await until("the lease runs out", async () => (await peopleOnline(database.sql)).length === 1)
    expect(await peopleOnline(database.sql)).toEqual(["Bob"])
  })

  test("loses a dead node's rows when another renews its lease", async () => {
    const [living, dead] = [await node(), await node({ leaseSeconds: 0 })]
    await dead.write([present(person("Ann"))])
    expect(await living.renew()).toBe(0)
    expect([...(await database.sql`select id from nodes`)]).toEqual([{ id: living.options.nodeId }])
    expect(await database.sql`select id from users`).toBeEmpty()
  })

  test("is renewed for the whole lease from then on", async () => {
    const store = await node({ leaseSeconds: 100 })
    await database.sql`update nodes set lease_until = now() + interval '1 second'`
    await store.renew()
    const [{ left } = { left: 0 }] = await database.sql<{ left: number }[]>`
      select extract(epoch from lease_until - now())::float8 as left from nodes`
    expect(left).toBeWithin(50, 100)
  })

  test("rejects the renewal of a node that was removed", async () => {
    const store = await node()
    await database.sql`delete from nodes`
    await expect(store.renew()).rejects.toThrow(NodeForgotten)
    await expect(store.write([present(person("Ann"))])).rejects.toThrow("foreign key")
  })

  test("begins empty at each opening, and leaves the rows of others", async () => {
    const [store, other] = [await node(), await node()]
    await store.write([present(person("Ann"))])
    await other.write([present(person("Bob"))])
    await store.open()
    expect(await peopleOnline(database.sql)).toEqual(["Bob"])
  })

  test("loses only this node's rows at a clean close", async () => {
    const [store, other] = [await node(), await node()]
    await store.write([present(person("Ann"))])
    await other.write([present(person("Bob"))])
    await store.close()
    await store.close()
    expect(await peopleOnline(database.sql)).toEqual(["Bob"])
    expect([...(await database.sql`select id from nodes`)]).toEqual([{ id: other.options.nodeId }])
    await expect(store.write([present(person("Ann"))])).rejects.toThrow("not open")
  })

  test("has no column that could hold a message", async () => {
    await node()
    const columns = await database.sql<{ column: string }[]>`
      select table_name || '.' || column_name as column from information_schema.columns
      where table_schema = 'public' and data_type in ('text', 'character varying', 'json', 'jsonb', 'bytea')
      order by 1`
    expect(columns.map(({ column }) => column)).toEqual([
      "people_online.name",
      "schema_migrations.checksum",
      "schema_migrations.name",
      "users.name",
    ])
  })
})
