import type { DatabaseAddress } from "./database-url.ts"

/** This program cannot work with the database's schema. */
export class SchemaError extends Error {
  readonly code = "SCHEMA"
}

/** What to do when another program's tables have our names. */
export const ownPlace =
  'Give Duet a database of its own, or a schema: "create schema duet", and ?schema=duet in DATABASE_URL.'

/** Postgres: insufficient_privilege. */
const forbidden = "42501"
/** Postgres: invalid_schema_name. */
const nowhere = "3F000"
/**
 * Postgres: undefined_table, duplicate_table, undefined_column, datatype_mismatch, wrong_object_type,
 * invalid_column_reference.
 */
const misshapen = ["42P01", "42P07", "42703", "42804", "42809", "42P10"]

/** Explains a failed opening whose cause is the database's schema or privileges; `undefined` for other failures. */
export function schemaErrorOf(
  error: unknown,
  { user, parameters }: DatabaseAddress,
): SchemaError | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined
  const code = String(error.code)
  if (code === forbidden) {
    const schema = parameters.schema ?? "public"
    const cure = error.message.includes(" for schema ")
      ? `Let Duet's role make its tables: "grant usage, create on schema ${schema} to ${user}"`
      : `Let Duet's role read and write its tables: "grant all on all tables in schema ${schema} to ${user}"`
    return new SchemaError(`${error.message}. ${cure}, or give it a ?schema= of its own.`, { cause: error })
  }
  if (code === nowhere) {
    return new SchemaError(
      `no schema of the search path can be used: create it, let ${user} use it, or name another one by ?schema=`,
      { cause: error },
    )
  }
  if (!misshapen.includes(code)) return undefined
  return new SchemaError(`${error.message}: the tables are not as Duet made them. ${ownPlace}`, {
    cause: error,
  })
}
