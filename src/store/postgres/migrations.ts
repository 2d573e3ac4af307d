import { readdir } from "node:fs/promises"
import { join } from "node:path"
import type { TransactionSql } from "postgres"
import { ownPlace, SchemaError } from "./schema-error.ts"

const folder = join(import.meta.dir, "../../../sql")

/** "duet" in ASCII: the advisory lock for changes of the schema. */
const lock = 0x64756574

export interface Migration {
  /** 1, 2, 3 and so on, without gaps. */
  readonly number: number
  /** The file's name. */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the text. */
  readonly checksum: string
}

/** Runs `work` in a transaction. */
export type Transact = <T>(work: (sql: TransactionSql) => Promise<T>) => Promise<T>

/** The numbered files of `sql/`, in order. */
export async function readMigrations(from: string = folder): Promise<readonly Migration[]> {
  const names = (await readdir(from)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort()
  return Promise.all(names.map((name) => readMigration(from, name)))
}

/**
 * Brings the schema up to date, each migration in a transaction of its own. Several programs may do it at once.
 * Throws `SchemaError` when the database is newer than the program, has another history, or has another program's
 * tables with our names, which stay as they are.
 */
export async function migrate(transact: Transact, migrations: readonly Migration[]): Promise<void> {
  while (await transact((sql) => applyNext(sql, migrations))) {
    // One at a time, until all are applied.
  }
}

async function readMigration(from: string, name: string): Promise<Migration> {
  const sql = await Bun.file(join(from, name)).text()
  const checksum = new Bun.CryptoHasher("sha256").update(sql).digest("hex")
  return { number: Number.parseInt(name, 10), name, sql, checksum }
}

async function applyNext(sql: TransactionSql, migrations: readonly Migration[]): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${lock})`
  await provideHistory(sql)
  const applied = await sql<Migration[]>`select number, name, checksum from schema_migrations order by number`
  check(applied, migrations)
  const next = migrations[applied.length]
  if (next === undefined) return false
  await apply(sql, next)
  await sql`
    insert into schema_migrations (number, name, checksum)
    values (${next.number}, ${next.name}, ${next.checksum})`
  return true
}

/** Looks before it creates: a role that may not create tables can still use existing ones. */
async function provideHistory(sql: TransactionSql): Promise<void> {
  const columns = await sql<{ column: string }[]>`
    select attname || ' ' || format_type(atttypid, null) as column
    from pg_attribute
    where attrelid = to_regclass(quote_ident(current_schema()) || '.schema_migrations')
      and attnum > 0 and not attisdropped`
  if (columns.length === 0) {
    await sql`
      create table schema_migrations (
        number integer primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`
    return
  }
  const has = (wanted: string) => columns.some(({ column }) => column === wanted)
  if (["number integer", "name text", "checksum text"].every(has)) return
  throw new SchemaError(`the table schema_migrations belongs to another program. ${ownPlace}`)
}

async function apply(sql: TransactionSql, { sql: text }: Migration): Promise<void> {
  try {
    await sql.unsafe(text).simple()
  } catch (error) {
    const taken = error instanceof Error && "code" in error && ["42P07", "42710"].includes(String(error.code))
    throw taken ? new SchemaError(`${error.message}, and Duet did not make it. ${ownPlace}`) : error
  }
}

function check(applied: readonly Omit<Migration, "sql">[], known: readonly Migration[]): void {
  const newest = applied.at(-1)
  if (newest !== undefined && newest.number > known.length) {
    throw new SchemaError(
      `the database's schema is newer than this program: it has ${newest.name}, and this program knows ` +
        `${known.length} migration(s). Run the program that made it, or give this one another database.`,
    )
  }
  for (const [index, { name, checksum }] of applied.entries()) {
    if (known[index]?.checksum === checksum) continue
    throw new SchemaError(
      `the database was migrated with a different ${name} than this program's. Run the program that made it, ` +
        "or give this one another database.",
    )
  }
}
