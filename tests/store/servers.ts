/** The two servers that the store must work on, each with a connection of its own for the test. */
import postgres, { type Sql } from "postgres"
import { addressOf, startEmbedded } from "../../src/store/embedded/server.ts"
import { parseDatabaseUrl } from "../../src/store/postgres/database-url.ts"
import { PostgresPresenceStore, type PostgresStoreOptions } from "../../src/store/postgres/postgres-store.ts"
import { startPostgres } from "../support/postgres.ts"

export interface Database {
  /** The address for a store. */
  readonly at: PostgresStoreOptions["at"]
  readonly connections: number
  /** The test's connection. */
  readonly sql: Sql
  stop(): Promise<void>
}

export const silent = () => {}

export const databases: readonly { readonly name: string; start(): Promise<Database> }[] = [
  { name: "the embedded Postgres", start: embedded },
  { name: "a real Postgres", start: real },
]

async function embedded(): Promise<Database> {
  const server = await startEmbedded(silent)
  const sql = postgres({ path: server.path, max: 1, ssl: false, prepare: false, onnotice: silent })
  return {
    at: addressOf(server),
    connections: 1,
    sql,
    async stop() {
      await sql.end({ timeout: 0 })
      server.stop()
    },
  }
}

async function real(): Promise<Database> {
  const server = await startPostgres()
  const sql = postgres(server.url, { max: 1, prepare: false, onnotice: silent })
  return {
    at: parseDatabaseUrl(server.url),
    connections: 2,
    sql,
    async stop() {
      await sql.end({ timeout: 0 })
      await server.stop()
    },
  }
}

/** A store for a new node. */
export function nodeAt(
  database: Database,
  options: Partial<PostgresStoreOptions> = {},
): PostgresPresenceStore {
  return new PostgresPresenceStore({
    at: database.at,
    nodeId: crypto.randomUUID(),
    leaseSeconds: 30,
    ...options,
  })
}

export async function empty(sql: Sql): Promise<void> {
  await sql.unsafe("drop schema public cascade; create schema public").simple()
}

/** The names that the view shows, in order. */
export async function peopleOnline(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`select name from people_online order by name collate "C"`
  return rows.map((row) => row.name)
}
