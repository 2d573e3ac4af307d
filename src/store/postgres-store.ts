import postgres, { type Sql, type TransactionSql } from "postgres"
import type { PresenceChange, PresenceRow, PresenceStore } from "../chat/presence-store.ts"
import { batchSize } from "./backlog.ts"
import { within } from "./deadline.ts"
import { migrate, readMigrations } from "./migrations.ts"

const connectSeconds = 5
const openMs = 30_000
const closeMs = 2_000

export interface PostgresStoreOptions {
  /** A server's URL, or the path of the embedded one's Unix socket. */
  readonly at: { readonly url: string } | { readonly path: string }
  /** UUID of this process. */
  readonly nodeId: string
  /** How long this node's people are shown after its last word. */
  readonly leaseSeconds: number
  /** The most connections, 2 if left out: one that closes must not wait for one that writes. */
  readonly connections?: number
  /** How long one statement may take before the server counts as hung: 10,000 if left out. */
  readonly statementMs?: number
  /** The folder of migrations, the project's own if left out. */
  readonly migrations?: string
}

/** Another node, or an operator, removed this node: its lease ran out, or the database was replaced. */
export class NodeForgotten extends Error {
  readonly code = "NODE_FORGOTTEN"

  constructor() {
    super("the database no longer knows this node")
  }
}

/** Presence in a Postgres of version 15 or later, on its clock alone. */
export class PostgresPresenceStore implements PresenceStore {
  readonly #statementMs: number
  #sql: Sql | undefined

  constructor(readonly options: PostgresStoreOptions) {
    this.#statementMs = options.statementMs ?? 10_000
  }

  async open(): Promise<void> {
    await this.#disconnect()
    const sql = this.#connect()
    this.#sql = sql
    await within(openMs, "opening the store", this.#prepare(sql))
  }

  async write(changes: readonly PresenceChange[]): Promise<void> {
    for (let start = 0; start < changes.length; start += batchSize) {
      await this.#writeBatch(changes.slice(start, start + batchSize))
    }
  }

  async renew(): Promise<number> {
    const { nodeId, leaseSeconds } = this.options
    const [answer] = await this.#run("renewing the lease", (sql) =>
      sql.begin(async (transaction) => {
        await this.#limit(transaction)
        await transaction`delete from nodes where lease_until < now() and id <> ${nodeId}`
        return transaction<{ known: boolean; held: number }[]>`
          with renewed as (
            update nodes set lease_until = now() + make_interval(secs => ${leaseSeconds})
            where id = ${nodeId} returning id
          )
          select
            exists (select from renewed) as known,
            (select count(*)::integer from users where node_id = ${nodeId}) as held`
      }),
    )
    if (answer === undefined || !answer.known) throw new NodeForgotten()
    return answer.held
  }

  async close(): Promise<void> {
    const sql = this.#sql
    if (sql === undefined) return
    try {
      const farewell = sql`delete from nodes where id = ${this.options.nodeId}`
      await within(closeMs, "taking this node's rows away", farewell)
    } finally {
      await this.#disconnect()
    }
  }

  /** Reclaims what changed rows leave behind, for a server that does not do so by itself. */
  async tidy(): Promise<void> {
    await this.#run("vacuum", (sql) => sql`vacuum users, nodes`)
    await this.#run("checkpoint", (sql) => sql`checkpoint`)
  }

  #connect(): Sql {
    const { at, connections = 2 } = this.options
    const options = {
      max: connections,
      connect_timeout: connectSeconds,
      connection: { application_name: "duet" },
      onnotice: () => {},
    }
    return "url" in at ? postgres(at.url, options) : postgres({ ...options, ...at, ssl: false })
  }

  async #disconnect(): Promise<void> {
    const sql = this.#sql
    this.#sql = undefined
    await sql?.end({ timeout: 0 })
  }

  async #prepare(sql: Sql): Promise<void> {
    const { migrations, nodeId, leaseSeconds } = this.options
    await migrate(sql, await readMigrations(migrations))
    await sql.begin(async (transaction) => {
      await transaction`
        insert into nodes (id, lease_until)
        values (${nodeId}, now() + make_interval(secs => ${leaseSeconds}))
        on conflict (id) do update set lease_until = excluded.lease_until`
      await transaction`delete from users where node_id = ${nodeId}`
      await transaction`delete from nodes where lease_until < now() and id <> ${nodeId}`
    })
  }

  async #writeBatch(changes: readonly PresenceChange[]): Promise<void> {
    const present: PresenceRow[] = []
    const gone: string[] = []
    for (const change of changes) {
      if (change.type === "present") present.push(change.row)
      else gone.push(change.id)
    }
    await this.#run("writing presence", (sql) =>
      sql.begin(async (transaction) => {
        await this.#limit(transaction)
        if (present.length > 0) await this.#upsert(transaction, present)
        if (gone.length > 0) await this.#remove(transaction, gone)
      }),
    )
  }

  /** In the order of ids, so that two nodes that write the same people cannot deadlock. */
  async #upsert(sql: TransactionSql, rows: readonly PresenceRow[]): Promise<void> {
    const ids = rows.map((row) => row.id)
    // Postgres's text cannot hold a zero character, and one bad name must not hold up everybody's row.
    const names = rows.map((row) => row.name.replaceAll("\0", ""))
    // As text: postgres.js takes an array of booleans for one boolean.
    const online = rows.map((row) => String(row.online))
    const since = rows.map((row) => row.since)
    await sql`
      insert into users (id, node_id, name, online, since)
      select id, ${this.options.nodeId}::uuid, name, online::boolean, to_timestamp(since / 1000)
      from unnest(${ids}::uuid[], ${names}::text[], ${online}::text[], ${since}::double precision[])
        as present (id, name, online, since)
      order by id
      on conflict (id) do update set
        node_id = excluded.node_id, name = excluded.name, online = excluded.online,
        since = excluded.since, updated_at = excluded.updated_at`
  }

  async #remove(sql: TransactionSql, ids: readonly string[]): Promise<void> {
    await sql`
      delete from users where node_id = ${this.options.nodeId} and id in (select unnest(${ids}::uuid[]))`
  }

  /** Has the server give up too, so that an abandoned statement changes nothing later. */
  async #limit(sql: TransactionSql): Promise<void> {
    await sql`select set_config('statement_timeout', ${String(this.#statementMs)}, true)`
  }

  async #run<T>(work: string, query: (sql: Sql) => Promise<T>): Promise<T> {
    if (this.#sql === undefined) throw new Error("the store is not open")
    return within(this.#statementMs, work, query(this.#sql))
  }
}
