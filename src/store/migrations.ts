import { readdir } from "node:fs/promises"
import { join } from "node:path"
import type { Sql, TransactionSql } from "postgres"

const folder = join(import.meta.dir, "../../sql")

/** "duet" in ASCII: whoever changes the schema holds this advisory lock. */
const lock = 0x64756574

export interface Migration {
  /** 1, 2, 3 and so on, without a gap. */
  readonly number: number
  /** The file's name. */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the text. */
  readonly checksum: string
}

/** The database is not one that this program can work with. */
export class SchemaError extends Error {
  readonly code = "SCHEMA"
}

/** The numbered files of `sql/`, in order. */
export async function readMigrations(from: string = folder): Promise<readonly Migration[]> {
  const names = (await readdir(from)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort()
  return Promise.all(names.map((name) => readMigration(from, name)))
}

/**
 * Brings the schema up to date, each migration in a transaction of its own. Several programs may do it
 * at once. Throws `SchemaError` when the database is newer than the program, or its history is another.
 */
export async function migrate(sql: Sql, migrations: readonly Migration[]): Promise<void> {
  while (await sql.begin((transaction) => applyNext(transaction, migrations))) {
    // One at a time, until there is none left.
  }
}

async function readMigration(from: string, name: string): Promise<Migration> {
  const sql = await Bun.file(join(from, name)).text()
  const checksum = new Bun.CryptoHasher("sha256").update(sql).digest("hex")
  return { number: Number.parseInt(name, 10), name, sql, checksum }
}

async function applyNext(sql: TransactionSql, migrations: readonly Migration[]): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${lock})`
  await sql`
    create table if not exists schema_migrations (
      number integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`
  const applied = await sql<Migration[]>`select number, name, checksum from schema_migrations order by number`
  check(applied, migrations)
  const next = migrations[applied.length]
  if (next === undefined) return false
  await sql.unsafe(next.sql).simple()
  await sql`
    insert into schema_migrations (number, name, checksum)
    values (${next.number}, ${next.name}, ${next.checksum})`
  return true
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
      `the database was migrated by another ${name} than this program's. Run the program that made it, ` +
        "or give this one another database.",
    )
  }
}
