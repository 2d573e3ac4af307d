import type { TransactionSql } from "postgres"
import type { PresenceChange } from "../../chat/presence/presence-store.ts"

/** Postgres: untranslatable_character. */
const unfitCode = "22P05"

/** Whether a statement failed because the database's encoding lacks a character of a text. */
export function isUnfit(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === unfitCode
}

/**
 * The ids of users whose name the database's encoding cannot hold. Only the server knows; it checks all names in one
 * statement, for a bisection of the batch could take a thousand round trips.
 */
export async function findUnfit(
  sql: TransactionSql,
  changes: readonly PresenceChange[],
): Promise<ReadonlySet<string>> {
  const rows = changes.flatMap((change) => (change.type === "present" ? [change.row] : []))
  const names = rows.map(({ name }) => Buffer.from(name).toString("hex")).join()
  await sql`select set_config('duet.names', ${names}, true)`
  await sql.unsafe(askForEach).simple()
  const [answer] = await sql<{ unfit: string }[]>`select current_setting('duet.unfit') as unfit`
  const numbers = (answer?.unfit ?? "").split(",").filter(Boolean)
  return new Set(numbers.map((number) => rows[Number(number) - 1]?.id ?? ""))
}

/** A `do` block takes no parameters: names and numbers pass through settings that end with the transaction. */
const askForEach = `
  do $$
  declare
    name text;
    number integer := 0;
    unfit text := '';
  begin
    foreach name in array string_to_array(current_setting('duet.names'), ',') loop
      number := number + 1;
      begin
        perform convert_from(decode(name, 'hex'), 'UTF8');
      exception when untranslatable_character or character_not_in_repertoire then
        unfit := unfit || number || ',';
      end;
    end loop;
    perform set_config('duet.unfit', unfit, true);
  end $$`
