import type { Sql, TransactionSql } from "postgres"
import type { PresenceChange, PresenceRow, PresenceStore } from "../../chat/presence/presence-store.ts"
import { batchSize } from "../backlog.ts"
import type { StoreLog } from "../store-log.ts"
import type { DatabaseAddress } from "./database-url.ts"
import { within } from "./deadline.ts"
import { migrate, readMigrations } from "./migrations.ts"
import { PostgresConnections } from "./postgres-connections.ts"
import { schemaErrorOf } from "./schema-error.ts"
import { findUnfit, isUnfit } from "./unfit-names.ts"

const openMs = 45_000
const closeMs = 2_000

export interface PostgresStoreOptions {
  readonly at: DatabaseAddress
  /** This process's UUID. */
  readonly nodeId: string
  /** How long this node's people are shown after its last renewal. */
  readonly leaseSeconds: number
  /** How long one statement may take before the server counts as hung; 10,000 by default. */
  readonly statementMs?: number
  /** The folder of migrations; `sql/` by default. */
  readonly migrations?: string
  readonly log?: StoreLog
}

/** Another node, or an operator, removed this node: its lease ran out, or the database was replaced. */
export class NodeForgotten extends Error {
  readonly code = "NODE_FORGOTTEN"

  constructor() {
    super("the database no longer knows this node")
  }
}

/**
 * Presence in Postgres 15 or later. Only the database's clock counts. Short transactions leave nothing behind in a
 * session, so that a pooler may run each in another one.
 */
export class PostgresPresenceStore implements PresenceStore {
  readonly #statementMs: number
  #connections: PostgresConnections | undefined
  /** Users whose name the database's encoding cannot hold. */
  readonly #leftOut = new Set<string>()
  #toldOfLeftOut = false
  /** Whether the table may hold rows of this node. */
  #registered = false

  constructor(readonly options: PostgresStoreOptions) {
    this.#statementMs = options.statementMs ?? 10_000
  }

  async open(): Promise<void> {
    await this.#disconnect()
    this.#leftOut.clear()
    this.#registered = false
    const connections = new PostgresConnections(this.options.at)
    this.#connections = connections
    await within(
      openMs,
      "opening the store",
      connections.use((sql) => this.#prepare(sql)),
    )
  }

  async write(changes: readonly PresenceChange[]): Promise<void> {
    for (let start = 0; start < changes.length; start += batchSize) {
      await this.#writeBatch(changes.slice(start, start + batchSize))
    }
  }

  async renew(): Promise<number> {
    const { nodeId, leaseSeconds } = this.options
    const [answer] = await this.#run("renewing the lease", async (sql) => {
      await sql`delete from nodes where lease_until < now() and id <> ${nodeId}`
      return sql<{ known: boolean; held: number }[]>`
        with renewed as (
          update nodes set lease_until = now() + make_interval(secs => ${leaseSeconds})
          where id = ${nodeId} returning id
        )
        select
          exists (select from renewed) as known,
          (select count(*)::integer from users where node_id = ${nodeId}) as held`
    })
    if (answer === undefined || !answer.known) throw new NodeForgotten()
    return answer.held + this.#leftOut.size
  }

  async close(): Promise<void> {
    const sql = this.#connections?.sql
    const registered = this.#registered
    this.#registered = false
    try {
      // Another program's database stays as it is.
      if (sql === undefined || !registered) return
      const closing = this.#transaction(
        sql,
        (sql) => sql`delete from nodes where id = ${this.options.nodeId}`,
      )
      await within(closeMs, "removing this node's rows", closing)
    } finally {
      await this.#disconnect()
    }
  }

  /** Frees the space of old rows and of the write-ahead log, which the embedded server does not do by itself. */
  async vacuum(): Promise<void> {
    const sql = this.#opened()
    await within(this.#statementMs, "vacuum", sql`vacuum users, nodes`)
    await within(this.#statementMs, "checkpoint", sql`checkpoint`)
  }

  async #disconnect(): Promise<void> {
    const connections = this.#connections
    this.#connections = undefined
    await connections?.close()
  }

  async #prepare(sql: Sql): Promise<void> {
    const { at, migrations, nodeId, leaseSeconds } = this.options
    try {
      await migrate((work) => this.#transaction(sql, work), await readMigrations(migrations))
      this.#registered = true
      await this.#transaction(sql, async (sql) => {
        await sql`
          insert into nodes (id, lease_until)
          values (${nodeId}, now() + make_interval(secs => ${leaseSeconds}))
          on conflict (id) do update set lease_until = excluded.lease_until`
        await sql`delete from users where node_id = ${nodeId}`
        await sql`delete from nodes where lease_until < now() and id <> ${nodeId}`
      })
    } catch (error) {
      const told = schemaErrorOf(error, at)
      if (told !== undefined) this.#registered = false
      throw told ?? error
    }
  }

  async #writeBatch(changes: readonly PresenceChange[]): Promise<void> {
    const fitting = changes.map(withoutZero)
    try {
      await this.#apply(fitting)
      this.#note(fitting, new Set())
    } catch (error) {
      if (!isUnfit(error)) throw error
      await this.#applyFitting(fitting)
    }
  }

  async #apply(changes: readonly PresenceChange[]): Promise<void> {
    const present: PresenceRow[] = []
    const gone: string[] = []
    for (const change of changes) {
      if (change.type === "present") present.push(change.row)
      else gone.push(change.id)
    }
    await this.#run("writing presence", async (sql) => {
      if (present.length > 0) await this.#upsert(sql, present)
      if (gone.length > 0) await this.#remove(sql, gone)
    })
  }

  /** Leaves out names that do not fit, so that the other rows are written. A row with an earlier name is deleted. */
  async #applyFitting(changes: readonly PresenceChange[]): Promise<void> {
    const unfit = await this.#run("looking for names that do not fit", (sql) => findUnfit(sql, changes))
    const fitting = changes.map((change): PresenceChange => {
      if (change.type === "gone" || !unfit.has(change.row.id)) return change
      return { type: "gone", id: change.row.id }
    })
    await this.#apply(fitting)
    this.#note(changes, unfit)
  }

  #note(changes: readonly PresenceChange[], unfit: ReadonlySet<string>): void {
    for (const change of changes) this.#leftOut.delete(change.type === "present" ? change.row.id : change.id)
    for (const id of unfit) this.#leftOut.add(id)
    if (unfit.size === 0 || this.#toldOfLeftOut) return
    this.#toldOfLeftOut = true
    this.options.log?.("warn", "people whose names the database's encoding cannot hold are left out of it", {
      cure: "a database with the encoding UTF8",
    })
  }

  /** Writes in the order of ids, so that two nodes that write the same people cannot deadlock. */
  async #upsert(sql: TransactionSql, rows: readonly PresenceRow[]): Promise<void> {
    const ids = rows.map((row) => row.id)
    const names = rows.map((row) => row.name)
    // As text, because postgres.js cannot send an array of booleans.
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

  /** The server has the same timeout, so that an abandoned statement changes nothing later. */
  async #run<T>(work: string, query: (sql: TransactionSql) => Promise<T>): Promise<T> {
    const limited = this.#transaction(this.#opened(), async (sql) => {
      await sql`select set_config('statement_timeout', ${String(this.#statementMs)}, true)`
      return query(sql)
    })
    return within(this.#statementMs, work, limited)
  }

  async #transaction<T>(sql: Sql, work: (sql: TransactionSql) => Promise<T>): Promise<T> {
    const { schema } = this.options.at.parameters
    // A pooler's session may still have another client's search path.
    const path = schema === undefined ? "default" : `"${schema.replaceAll('"', '""')}"`
    const { value } = await sql.begin(async (transaction) => {
      await transaction.unsafe(`set local search_path to ${path}`).simple()
      return { value: await work(transaction) }
    })
    return value
  }

  #opened(): Sql {
    const sql = this.#connections?.sql
    if (sql === undefined) throw new Error("the store is not open")
    return sql
  }
}

/** Postgres's text cannot hold a zero character. */
function withoutZero(change: PresenceChange): PresenceChange {
  if (change.type === "gone" || !change.row.name.includes("\0")) return change
  return { type: "present", row: { ...change.row, name: change.row.name.replaceAll("\0", "") } }
}
