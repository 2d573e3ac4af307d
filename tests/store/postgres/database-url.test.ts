import { expect, test } from "bun:test"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { readConfig } from "../../../src/config.ts"
import { parseDatabaseUrl } from "../../../src/store/postgres/database-url.ts"

const read = parseDatabaseUrl

/** The error for a URL, as an operator sees it; "taken" if it is accepted. */
function refusal(url: string, env: Record<string, string> = {}): string {
  try {
    readConfig({ ...env, DATABASE_URL: url })
    return "taken"
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

test("a URL names the server, the user and the database (C38)", () => {
  expect(read("postgres://ann:secret@db.example:6432/chat")).toEqual({
    servers: [{ host: "db.example", port: 6432 }],
    user: "ann",
    password: "secret",
    database: "chat",
    parameters: { sslmode: "prefer", applicationName: "duet", connectSeconds: 5, connections: 2 },
  })
  expect(read("POSTGRESQL://ann@db")).toMatchObject({ user: "ann", password: "", database: "ann" })
})

test.each([
  [
    "h1:5433,h2",
    [
      { host: "h1", port: 5433 },
      { host: "h2", port: 5432 },
    ],
  ],
  ["[::1]", [{ host: "::1", port: 5432 }]],
  [
    "[2001:db8::1]:6432,10.0.0.1",
    [
      { host: "2001:db8::1", port: 6432 },
      { host: "10.0.0.1", port: 5432 },
    ],
  ],
  ["%2Fvar%2Frun%2Fpostgresql", [{ path: "/var/run/postgresql/.s.PGSQL.5432" }]],
  ["%2Ftmp:5433", [{ path: "/tmp/.s.PGSQL.5433" }]],
  ["", [{ host: "localhost", port: 5432 }]],
])("postgres://ann@%s/chat is understood (C36)", (hosts, servers) => {
  expect<unknown>(read(`postgres://ann@${hosts}/chat`).servers).toEqual(servers)
})

test.each([
  ["postgres://ann@/chat?host=/run/postgresql", [{ path: "/run/postgresql/.s.PGSQL.5432" }]],
  ["postgres://ann@localhost:5433/chat?host=/cloudsql/a:b:c", [{ path: "/cloudsql/a:b:c/.s.PGSQL.5433" }]],
  [
    "postgres://ann@/chat?host=a,b&port=1,2",
    [
      { host: "a", port: 1 },
      { host: "b", port: 2 },
    ],
  ],
  [
    "postgres:///chat?host=a,::1&port=7&user=ann",
    [
      { host: "a", port: 7 },
      { host: "::1", port: 7 },
    ],
  ],
])("%s is understood (C36)", (url, servers) => {
  expect<unknown>(read(url)).toMatchObject({ servers, user: "ann", database: "chat" })
})

test("names and passwords keep every character, by escapes where the URL needs them (C38)", () => {
  expect(read("postgres://a%40b:p%2Fa%3Fs%23s%25@h/d%20b")).toMatchObject({
    user: "a@b",
    password: "p/a?s#s%",
    database: "d b",
  })
  expect(read("postgres://ann:p@ss:+wörd!$&'()*,;=@h/chat").password).toBe("p@ss:+wörd!$&'()*,;=")
})

test("parameters of other clients are understood (C38)", () => {
  const parametersOf = (query: string) => read(`postgres://ann@h/chat?${query}`).parameters
  expect(
    parametersOf("application_name=chat&connect_timeout=12&schema=duet&connection_limit=1"),
  ).toMatchObject({
    applicationName: "chat",
    connectSeconds: 12,
    schema: "duet",
    connections: 1,
  })
  expect(parametersOf("options=-c%20search_path%3Dduet").options).toBe("-c search_path=duet")
  const harmless = "pgbouncer=true&channel_binding=prefer&gssencmode=disable&target_session_attrs=read-write"
  expect(parametersOf(harmless)).toEqual(parametersOf(""))
  const modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]
  expect(modes.map((mode) => parametersOf(`sslmode=${mode}`).sslmode)).toEqual([
    "disable",
    "prefer",
    "prefer",
    "require",
    "verify-ca",
    "verify-full",
  ])
  expect([parametersOf("ssl=true").sslmode, parametersOf("ssl=false").sslmode]).toEqual([
    "require",
    "disable",
  ])
  expect(parametersOf("sslmode=&schema=")).toEqual(parametersOf(""))
})

test("certificates are read at the start, and refused where they have no use (C38)", async () => {
  const folder = await mkdtemp(join(tmpdir(), "duet-test-certificates-"))
  try {
    const [good, bad] = [join(folder, "good.pem"), join(folder, "bad.pem")]
    await Bun.write(good, "-----BEGIN CERTIFICATE-----\n")
    await Bun.write(bad, "no certificate\n")
    const modeWith = (query: string) => read(`postgres://ann@h/chat?${query}`).parameters
    expect(modeWith(`sslmode=verify-full&sslrootcert=${good}`).rootCertificates).toBe(good)
    expect(modeWith(`sslmode=require&sslrootcert=${good}`).sslmode).toBe("verify-ca")
    expect(modeWith("sslrootcert=system").sslmode).toBe("verify-full")
    const refused = (query: string) => refusal(`postgres://ann@h/chat?${query}`)
    expect(refused(`sslmode=verify-full&sslrootcert=${bad}`)).toContain("holds no certificate")
    expect(refused(`sslmode=verify-full&sslrootcert=${folder}/none.pem`)).toContain("none.pem cannot be read")
    expect(refused(`sslmode=prefer&sslrootcert=${good}`)).toContain("goes with sslmode=verify-full")
    expect(refused("sslmode=require&sslrootcert=system")).toContain("goes with sslmode=verify-full")
  } finally {
    await rm(folder, { recursive: true })
  }
})

test.each([
  ["channel_binding=require", "channel_binding=require is not taken"],
  ["target_session_attrs=standby", "target_session_attrs=standby is not taken: presence has to be written"],
  ["sslmode=no-verify", "it takes disable, allow, prefer, require, verify-ca, verify-full"],
  ["connect_timeout=0", "it takes a whole number from 1 to 30"],
  ["statement_timeout=5", "its parameter statement_timeout is not known here: it takes sslmode, "],
  ["toString=1", "its parameter toString is not known here"],
  ["sslmode=require&sslmode=disable", "sslmode is given twice"],
  ["ssl=true&sslmode=require", "ssl and sslmode mean the same"],
  ["password=secret", "write the password before the @"],
  ["application_name=a%00options%00-cx=y", "it holds a zero character"],
  ["port=5432,5433", "port takes one number"],
])("?%s ends the start with an error that says what is allowed (C36)", (query, word) => {
  const said = refusal(`postgres://ann@/chat?${query}`)
  expect(said).toStartWith("DATABASE_URL=… cannot be used: ")
  expect(said).toContain(word)
})

test.each([
  "mysql://ann@h/chat",
  "postgres:chat",
  "postgres://ann@h:wrong/chat",
  "postgres://ann@h:0/chat",
  "postgres://ann@h:65536/chat",
  "postgres://ann@::1/chat",
  "postgres://ann@h1,,h2/chat",
  "postgres://ann@h/chat#here",
  "postgres://ann:100%@h/chat",
])("%s is refused with an error that shows the form (C36)", (url) => {
  expect(refusal(url)).toMatch(/postgres:\/\/user:password@host:5432\/name|whole number|write .* as %25/)
})

test("no error shows a part of a password, also when the password is the cause (C38)", () => {
  for (const secret of [
    "sec/ret",
    "sec?ret=1",
    "sec#ret",
    "1/sec?ret",
    "sec%ret",
    "sec:ret/",
    "1/x?ret@sec",
  ]) {
    for (const place of ["h/chat", "h:x/chat", "h/chat?foo=1", "h h/chat", "h/chat?sslmode=never"]) {
      expect(refusal(`postgres://ann:${secret}@${place}`)).toMatch(/^DATABASE_URL=… (?!.*(sec|ret))/)
    }
  }
})

test("five PG… variables fill what the URL leaves out, and no other variable matters (C42)", () => {
  const env = { PGHOST: "a,b", PGPORT: "6432", PGUSER: "ann", PGPASSWORD: "secret", PGDATABASE: "chat" }
  expect(read("postgres://", env)).toMatchObject({
    servers: [
      { host: "a", port: 6432 },
      { host: "b", port: 6432 },
    ],
    user: "ann",
    password: "secret",
    database: "chat",
  })
  const others = {
    PGSSLMODE: "verify-full",
    PGOPTIONS: "-c x=y",
    PGAPPNAME: "other",
    PGTARGETSESSIONATTRS: "any",
  }
  const whole = "postgres://ben:word@h:1/other"
  expect(read(whole, { ...env, ...others })).toEqual(read(whole, {}))
  expect(refusal("postgres://ann@h/chat", { PGPORT: "many" })).toContain("PGPORT")
})
