/** Presence through a real PgBouncer in transaction mode, whose few sessions another client uses too. */
import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test"
import postgres, { type Sql } from "postgres"
import { parseDatabaseUrl } from "../../../src/store/postgres/database-url.ts"
import { PostgresPresenceStore } from "../../../src/store/postgres/postgres-store.ts"
import { ClassicClient } from "../../support/classic-client.ts"
import { startDuet } from "../../support/duet.ts"
import { type PgBouncer, startPgBouncer } from "../../support/pgbouncer.ts"
import { startPostgres, type TestPostgres } from "../../support/postgres.ts"
import { findProgram } from "../../support/system-program.ts"
import { until } from "../../support/until.ts"
import { gone, person, present } from "../rows.ts"
import { empty, peopleOnline, silent } from "../servers.ts"

const program = findProgram("pgbouncer")

let server: TestPostgres
let sql: Sql

beforeAll(async () => {
  server = await startPostgres()
  sql = postgres(server.url, { max: 1, prepare: false, onnotice: silent })
})
afterAll(async () => {
  await sql.end({ timeout: 0 })
  await server.stop()
})
beforeEach(() => empty(sql))

/** A client that changes the state of every session it gets, as clients of a pooler should not. */
class Neighbour {
  readonly #sql: Sql
  readonly #work: Promise<void>
  #isOver = false
  rounds = 0

  constructor(url: string) {
    this.#sql = postgres(url, { max: 3, prepare: false, onnotice: silent })
    this.#work = Promise.all([this.#run(), this.#run(), this.#run()]).then(() => {})
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await this.#work
    await this.#sql.end({ timeout: 1 })
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      await this.#sql`set search_path to elsewhere`
      await this.#sql.begin((sql) => sql`select pg_sleep(0.002)`)
      this.rounds++
    }
  }
}

async function beside(sessions: number, work: (pooler: PgBouncer) => Promise<void>): Promise<void> {
  if (program === undefined) return
  const pooler = await startPgBouncer(program, server.url, sessions)
  const neighbour = new Neighbour(pooler.url)
  try {
    await until("the neighbour is at work", () => neighbour.rounds > 5)
    await work(pooler)
  } finally {
    await neighbour.stop()
    await pooler.stop()
  }
}

function nodeAt({ url }: PgBouncer): PostgresPresenceStore {
  const at = parseDatabaseUrl(`${url}?pgbouncer=true&application_name=duet-pooled`)
  return new PostgresPresenceStore({ at, nodeId: crypto.randomUUID(), leaseSeconds: 30 })
}

test("presence works through a pooler in transaction mode whose pool another client shares (C37)", async () => {
  await beside(2, async (pooler) => {
    const nodes = Array.from({ length: 3 }, () => nodeAt(pooler))
    await Promise.all(nodes.map((node) => node.open()))
    const crowds = nodes.map((_, index) => Array.from({ length: 200 }, (_, n) => person(`${index}-${n}`)))
    for (let round = 0; round < 10; round++) {
      await Promise.all(nodes.map((node, index) => node.write((crowds[index] ?? []).map(present))))
      expect(await Promise.all(nodes.map((node) => node.renew()))).toEqual([200, 200, 200])
    }
    expect(await peopleOnline(sql)).toHaveLength(600)
    await nodes[0]?.write((crowds[0] ?? []).map(gone))
    await nodes[1]?.close()
    expect(await peopleOnline(sql)).toHaveLength(200)
    await Promise.all(nodes.map((node) => node.close()))
    expect(await sql`select id from nodes`).toBeEmpty()
  })
}, 60_000)

test("one session at the server, shared by all clients, is enough (C37)", async () => {
  await beside(1, async (pooler) => {
    const nodes = [nodeAt(pooler), nodeAt(pooler)]
    await Promise.all(nodes.map((node) => node.open()))
    await Promise.all(nodes.map((node, index) => node.write([present(person(`Person ${index}`))])))
    expect(await peopleOnline(sql)).toEqual(["Person 0", "Person 1"])
    await Promise.all(nodes.map((node) => node.close()))
  })
}, 60_000)

test("people who join a Duet behind a pooler are in the table, and leave it at its end (C37)", async () => {
  await beside(2, async (pooler) => {
    const duet = await startDuet({ DATABASE_URL: `${pooler.url}?pgbouncer=true&sslmode=disable` })
    try {
      const anna = await ClassicClient.join(duet.url, "anna")
      await ClassicClient.join(duet.url, "ben")
      const shows = (...names: string[]) =>
        until(`the table shows ${names}`, async () =>
          Bun.deepEquals(await peopleOnline(sql).catch(() => []), names),
        )
      await shows("anna", "ben")
      anna.close()
      await shows("ben")
      expect(await duet.stop()).toBe(0)
      expect(await peopleOnline(sql)).toEqual([])
    } finally {
      await duet.kill()
    }
  })
}, 60_000)
