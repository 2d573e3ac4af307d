/** The forms of a URL against a real Postgres: passwords, Unix sockets, several hosts, TLS, schemas. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test"
import { networkInterfaces } from "node:os"
import postgres, { type Sql } from "postgres"
import { parseDatabaseUrl } from "../../../src/store/postgres/database-url.ts"
import { describeFailure } from "../../../src/store/postgres/failure.ts"
import { PostgresPresenceStore } from "../../../src/store/postgres/postgres-store.ts"
import { type Certificates, makeCertificates } from "../../support/certificates.ts"
import { startPostgres, type TestPostgres } from "../../support/postgres.ts"
import { findProgram } from "../../support/system-program.ts"
import { until } from "../../support/until.ts"
import { person, present } from "../rows.ts"
import { empty, peopleOnline, silent } from "../servers.ts"

const openssl = findProgram("openssl")
/** A machine may have no IPv6, not even on the loopback. */
const hasIPv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === "::1"),
)
const secret = "p@ss/w?rd#% ü+&=:"
const rules = `
local all all trust
hostssl all encrypted 127.0.0.1/32 trust
host all encrypted 127.0.0.1/32 reject
host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
`

let certificates: Certificates | undefined
let server: TestPostgres
let port: string
let sql: Sql
let stores: PostgresPresenceStore[] = []

beforeAll(async () => {
  certificates = openssl === undefined ? undefined : await makeCertificates(openssl)
  const files = {
    rules,
    ...(certificates && { certificate: certificates.certificate, key: certificates.key }),
  }
  const tls = ["ssl=on", "ssl_cert_file=certificate", "ssl_key_file=key"]
  const hosts = hasIPv6 ? ["listen_addresses=127.0.0.1,::1"] : []
  const settings = ["hba_file=rules", ...hosts, ...(certificates ? tls : [])]
  server = await startPostgres({ files, settings })
  port = new URL(server.url).port
  sql = postgres({
    path: `${server.socketFolder}/.s.PGSQL.${port}`,
    user: "duet",
    database: "postgres",
    max: 1,
    onnotice: silent,
  })
  await sql.unsafe(`alter role duet password '${secret}'`)
  await sql.unsafe("create role encrypted login superuser; create role other login superuser").simple()
}, 60_000)
afterAll(async () => {
  await sql.end({ timeout: 0 })
  await server.stop()
  await certificates?.remove()
})
beforeEach(() => empty(sql))
afterEach(async () => {
  await Promise.allSettled(stores.map((store) => store.close()))
  stores = []
})

/** Writes somebody through that URL; returns the failure, or how the connection was made. */
async function tryAt(url: string, env: Record<string, string> = {}): Promise<string> {
  const at = parseDatabaseUrl(url, env)
  const store = new PostgresPresenceStore({ at, nodeId: crypto.randomUUID(), leaseSeconds: 30 })
  stores.push(store)
  try {
    await store.open()
    await store.write([present(person("Ann"))])
    const [session] = await sql<{ tls: boolean }[]>`
      select ssl as tls from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'duet' limit 1`
    return session?.tls ? "encrypted" : "plain"
  } catch (error) {
    return describeFailure(error)
  } finally {
    await store.close().catch(silent)
  }
}

const as = (password: string) => `postgres://duet:${password}@127.0.0.1:${port}/postgres?sslmode=disable`

test("a password may hold any character, escaped or from PGPASSWORD (C38)", async () => {
  expect(await tryAt(as(encodeURIComponent(secret)))).toBe("plain")
  expect(
    await tryAt(`postgres://127.0.0.1:${port}/postgres`, { PGUSER: "duet", PGPASSWORD: secret }),
  ).not.toContain(":")
  expect(await tryAt(as("wrong"))).toContain("password authentication failed")
})

test.skipIf(!hasIPv6)("an IPv6 address is dialled, alone and among several hosts (C38)", async () => {
  const url = (hosts: string) =>
    `postgres://duet:${encodeURIComponent(secret)}@${hosts}/postgres?sslmode=disable`
  expect(await tryAt(url(`[::1]:${port}`))).toBe("plain")
  expect(await tryAt(url(`[::1]:1,[::1]:${port}`))).toBe("plain")
  expect(await tryAt(url("[::1]:1"))).toContain("ECONNREFUSED")
})

test("a Unix socket is named by its folder, in the host or in a parameter, whatever sslmode says (C38)", async () => {
  const folder = encodeURIComponent(server.socketFolder)
  expect(await tryAt(`postgres://duet@${folder}:${port}/postgres`)).toBe("plain")
  expect(await tryAt(`postgres:///postgres?user=duet&host=${folder}&port=${port}&sslmode=require`)).toBe(
    "plain",
  )
  expect(await tryAt(`postgres://duet@${folder}:1/postgres`)).toContain("ENOENT")
})

test("the first usable one of several hosts is used, and if there is none the failure names each (C38)", async () => {
  const here = `127.0.0.1:${port}`
  const url = (hosts: string) =>
    `postgres://duet:${encodeURIComponent(secret)}@${hosts}/postgres?sslmode=disable`
  expect(await tryAt(url(`127.0.0.1:1,${here}`))).toBe("plain")
  expect(await tryAt(url(`${here},127.0.0.1:1`))).toBe("plain")
  const failure = await tryAt(url("127.0.0.1:1,127.0.0.1:2"))
  expect(failure).toMatch(/127.0.0.1:1: .*ECONNREFUSED.*; 127.0.0.1:2: .*ECONNREFUSED/)
})

test("a server that takes no writes is skipped for one that does (C38)", async () => {
  const standby = await startPostgres({ settings: ["default_transaction_read_only=on"] })
  try {
    const first = new URL(standby.url).host
    const hosts = `${first},127.0.0.1:${port}`
    expect(
      await tryAt(`postgres://duet:${encodeURIComponent(secret)}@${hosts}/postgres?sslmode=disable`),
    ).toBe("plain")
    expect(await peopleOnline(sql)).toEqual([])
    expect(await tryAt(standby.url)).toContain("read-only")
  } finally {
    await standby.stop()
  }
})

test("TLS is used where the server offers it, and required and verified as sslmode says (C39)", async () => {
  if (certificates === undefined) return
  const { authority, stranger } = certificates
  const url = (host: string, query: string) => `postgres://encrypted@${host}:${port}/postgres?${query}`
  const by = (query: string) => tryAt(url("localhost", query))
  expect(await by("")).toBe("encrypted")
  expect(await by("sslmode=allow")).toBe("encrypted")
  expect(await by("sslmode=require")).toBe("encrypted")
  expect(await by(`sslmode=verify-full&sslrootcert=${authority}`)).toBe("encrypted")
  expect(await by("sslmode=disable")).toContain("pg_hba.conf")
  expect(await by("sslmode=verify-full")).toContain("sslmode=verify-full: ")
  for (const mode of ["require", "verify-ca", "verify-full"]) {
    expect(await by(`sslmode=${mode}&sslrootcert=${stranger}`)).toMatch(
      /sslmode=verify-(ca|full): .*(certificate|issuer)/,
    )
  }
  const elsewhere = (query: string) => tryAt(url("127.0.0.1", query))
  expect(await elsewhere(`sslmode=verify-ca&sslrootcert=${authority}`)).toBe("encrypted")
  expect(await elsewhere(`sslmode=verify-full&sslrootcert=${authority}`)).toContain("WRONG_HOST")
})

test("prefer uses a server without TLS, and require refuses it with a reason (C39)", async () => {
  const plain = await startPostgres()
  try {
    const nobody = "duet"
    const refused = await tryAt(`${plain.url}?sslmode=require`)
    expect(refused).toContain("offers no TLS, and sslmode=require asks for it")
    expect(await tryAt(`${plain.url}?sslmode=prefer`)).not.toContain(nobody)
  } finally {
    await plain.stop()
  }
})

test("all tables are in the schema that the parameter or the server's options name (C38)", async () => {
  await sql.unsafe('drop schema if exists "Our Chat" cascade; create schema "Our Chat"').simple()
  const base = as(encodeURIComponent(secret))
  expect(await tryAt(`${base}&schema=Our%20Chat`)).toBe("plain")
  expect(await tryAt(`${base}&options=-c%20search_path%3D%22Our%5C%20Chat%22`)).toBe("plain")
  const found = await sql`select schemaname from pg_tables where tablename = 'users'`
  expect([...found]).toEqual([{ schemaname: "Our Chat" }])
  expect(await tryAt(`${base}&schema=nowhere`)).toContain("SCHEMA: no schema of the search path can be used")
})

test("two connections of a role are enough, and so is one (C38)", async () => {
  await sql
    .unsafe(
      "drop role if exists narrow; create role narrow login password 'x' connection limit 2; grant all on schema public to narrow",
    )
    .simple()
  const url = `postgres://narrow:x@127.0.0.1:${port}/postgres?sslmode=disable`
  const store = new PostgresPresenceStore({
    at: parseDatabaseUrl(url),
    nodeId: crypto.randomUUID(),
    leaseSeconds: 30,
  })
  stores.push(store)
  await store.open()
  const crowd = Array.from({ length: 3000 }, (_, index) => present(person(`Person ${index}`)))
  await Promise.all([store.write(crowd), store.renew(), store.renew(), store.write([present(person("Ann"))])])
  expect(await store.renew()).toBe(3001)
  await store.close()
  await sql`alter role narrow connection limit 1`
  await until("its sessions have ended", async () => {
    const left = await sql`select pid from pg_stat_activity where usename = 'narrow'`
    return left.length === 0
  })
  expect(await tryAt(`${url}&connection_limit=1`)).toBe("plain")
  await sql`drop owned by narrow`
  await sql`drop role narrow`
})
