import { expect, test } from "bun:test"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import postgres from "postgres"
import { ClassicClient } from "../support/classic-client.ts"
import { startDuet } from "../support/duet.ts"
import { findEcho } from "../support/echo.ts"
import { startPostgres } from "../support/postgres.ts"

const canary = "the heron stands in moonlit water 7c1f"

/** Sends the phrase in every way, valid or not. */
async function sing(url: string): Promise<void> {
  const [anna, ben] = [await ClassicClient.join(url, "anna"), await ClassicClient.join(url, "ben")]
  anna.say(ben.id, canary)
  await ben.until(() => ben.contents.includes(canary))
  anna.say(await findEcho(url), canary)
  anna.say(anna.id, canary)
  anna.say("nobody", canary)
  anna.say(ben.id, canary.repeat(200))
  anna.send(canary)
  anna.send({ type: canary, content: canary })
  await anna.error("bad_frame")
  for (let i = 0; i < 50; i++) anna.say(ben.id, canary)
  ben.close()
  await anna.until(() => !anna.listed.includes("ben"))
  anna.say(ben.id, canary)
  await fetch(`${url}/users?q=${encodeURIComponent("heron")}`)
  anna.close()
}

async function filesWith(phrase: string, folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
  const found: string[] = []
  for (const file of files)
    if ((await Bun.file(file).bytes().then(Buffer.from)).includes(phrase)) found.push(file)
  return found
}

test("nothing that the program wrote holds a phrase that was said (C17)", async () => {
  const server = await startPostgres()
  const folder = await mkdtemp(join(tmpdir(), "duet-privacy-"))
  const sql = postgres(server.url, { max: 1, onnotice: () => {} })
  try {
    for (const DATABASE_URL of [server.url, ""]) {
      const duet = await startDuet({ DATABASE_URL, LOG_LEVEL: "debug", TMPDIR: folder, MESSAGE_RATE: "0" })
      await sing(duet.url)
      expect(await filesWith("heron", folder)).toEqual([])
      await duet.stop()
      expect(duet.output()).toContain("stopped")
      expect(duet.output()).not.toContain("heron")
    }
    const [dump] =
      await sql`select string_agg(query_to_xml('select * from ' || quote_ident(tablename), true, true, '')::text, '') as text
      from pg_tables where schemaname = 'public'`
    expect(dump?.text).toContain("presence.sql")
    expect(dump?.text).not.toContain("heron")
    const [{ folder: data } = { folder: "" }] = await sql`select current_setting('data_directory') as folder`
    await sql`checkpoint`
    expect(await filesWith("lease_until", String(data))).not.toEqual([])
    expect(await filesWith("heron", String(data))).toEqual([])
  } finally {
    await sql.end({ timeout: 1 })
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)
