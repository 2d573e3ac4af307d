import { afterEach, beforeEach, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { mkdir, mkdtemp, readdir, rm, stat, utimes } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import postgres from "postgres"
import { ActorSystem, permanent } from "../../src/actor/index.ts"
import { EmbeddedPresenceStore } from "../../src/store/embedded/embedded-store.ts"
import { makeFolder, sweepFolders } from "../../src/store/embedded/folder.ts"
import { ensureImage } from "../../src/store/embedded/image.ts"
import { type EmbeddedPostgres, startEmbedded } from "../../src/store/embedded/server.ts"
import { parseDatabaseUrl } from "../../src/store/postgres/database-url.ts"
import { openStore } from "../../src/store/postgres/open-store.ts"
import { PostgresPresenceStore } from "../../src/store/postgres/postgres-store.ts"
import { presenceWriter } from "../../src/store/presence-writer.ts"
import { startingHealth } from "../../src/store/store-health.ts"
import { until } from "../support/until.ts"
import { person, present } from "./rows.ts"
import { peopleOnline, silent } from "./servers.ts"

const nodeId = crypto.randomUUID()
let parent: string

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "duet-test-folders-"))
})
afterEach(() => rm(parent, { recursive: true }))

test("the store is the embedded Postgres without DATABASE_URL, else the Postgres at that URL", () => {
  const rest = { nodeId, leaseSeconds: 30, log: silent }
  expect(openStore(rest)).toBeInstanceOf(EmbeddedPresenceStore)
  expect(openStore({ ...rest, database: parseDatabaseUrl("postgres://duet@localhost/duet") })).toBeInstanceOf(
    PostgresPresenceStore,
  )
})

test("the embedded Postgres listens in a folder that no other user can enter, and removes it at its end", async () => {
  const server = await startEmbedded(silent)
  const folder = dirname(server.path)
  const { mode } = await stat(folder)
  expect(mode & 0o777).toBe(0o700)
  server.stop()
  expect(existsSync(folder)).toBe(false)
})

test("the embedded store frees the space of old rows and of its log as it writes", async () => {
  const store = new EmbeddedPresenceStore({ nodeId, leaseSeconds: 30, log: silent })
  await store.open()
  const sql = postgres({ path: store.path ?? "", max: 1, ssl: false, prepare: false })
  try {
    const crowd = Array.from({ length: 2000 }, (_, index) => present(person(`Person ${index}`)))
    for (let round = 0; round < 10; round++) await store.write(crowd)
    const [dead] = await sql<{ bytes: string }[]>`select pg_relation_size('users') as bytes`
    for (let round = 0; round < 30; round++) await store.write(crowd)
    const [later] = await sql<{ bytes: string }[]>`select pg_relation_size('users') as bytes`
    expect(Number(later?.bytes)).toBeLessThan(Number(dead?.bytes) * 1.5)
    const [log] = await sql<{ bytes: string }[]>`select sum(size) as bytes from pg_ls_waldir()`
    expect(Number(log?.bytes)).toBeLessThan(40 * 2 ** 20)
  } finally {
    await sql.end({ timeout: 0 })
    await store.close()
  }
}, 60_000)

test("a close while the embedded Postgres starts leaves nothing running", async () => {
  let started: EmbeddedPostgres | undefined
  const start = async () => {
    started = await startEmbedded(silent)
    return started
  }
  const store = new EmbeddedPresenceStore({ nodeId, leaseSeconds: 30, log: silent, start })
  const opening = store.open().catch((error: unknown) => error)
  await store.close()
  expect(String(await opening)).toContain("closed while it opened")
  expect(started?.alive).toBe(false)
})

test("an embedded Postgres whose thread ended is replaced, and its table shows everybody again", async () => {
  const servers: EmbeddedPostgres[] = []
  const start = async () => {
    const server = await startEmbedded(silent)
    servers.push(server)
    return server
  }
  const store = new EmbeddedPresenceStore({ nodeId, leaseSeconds: 3, log: silent, start })
  const system = new ActorSystem()
  const health = startingHealth()
  const everyone = () => [person("Ann")]
  const writer = system.spawn(presenceWriter({ store, leaseSeconds: 3, everyone, health, log: silent }), {
    supervision: permanent,
  })
  try {
    await until("it is up", () => health.state === "up")
    servers[0]?.stop()
    await until("it is down", () => health.state === "down")
    await until("it is up again", () => health.state === "up")
    expect(servers).toHaveLength(2)
    const sql = postgres({ path: store.path ?? "", max: 1, ssl: false })
    expect(await peopleOnline(sql)).toEqual(["Ann"])
    await sql.end({ timeout: 0 })
  } finally {
    await new Promise<void>((done) => writer.tell({ type: "close", done }))
    await system.shutdown(1_000)
  }
  expect(servers.map((server) => server.alive)).toEqual([false, false])
}, 30_000)

test("a missing image is built at the first start, with one line in the log", async () => {
  const lines: string[] = []
  const file = join(parent, "deep/image.tgz")
  const log = (_: string, line: string) => void lines.push(line)
  await ensureImage(log, file)
  await ensureImage(log, file)
  expect(Bun.file(file).size).toBeGreaterThan(1_000_000)
  expect(lines).toEqual(["building the embedded database's image, which takes some seconds this once"])
  expect(await readdir(dirname(file))).toEqual(["image.tgz"])
}, 60_000)

test("the error of an image that cannot be built says what to run", async () => {
  const blocked = join(parent, "file")
  await Bun.write(blocked, "")
  const failure = await ensureImage(silent, join(blocked, "image.tgz")).catch((error: unknown) => error)
  expect(String(failure)).toContain('run "bun scripts/build.ts"')
}, 60_000)

/** The id of a process that has ended. */
async function endedPid(): Promise<number> {
  const run = Bun.spawn(["true"])
  await run.exited
  return run.pid
}

async function leftBehind(name: string, minutesAgo: number): Promise<string> {
  const folder = join(parent, name)
  await mkdir(folder)
  const then = Date.now() / 1000 - minutesAgo * 60
  await utimes(folder, then, then)
  return folder
}

test("a start removes the folders that killed processes left behind", async () => {
  await leftBehind(`duet-postgres-${await endedPid()}-abcdef`, 5)
  expect(await sweepFolders(parent)).toBe(1)
  expect(await readdir(parent)).toEqual([])
})

test("a sweep keeps folders of running and of just started servers, and those with other names", async () => {
  const mine = await makeFolder(parent)
  await leftBehind(`duet-postgres-${await endedPid()}-abcdef`, 0)
  await leftBehind("duet-postgres-notes", 5)
  expect(await sweepFolders(parent)).toBe(0)
  mine.remove()
  expect(await readdir(parent)).toHaveLength(2)
})

test("a sweep keeps a folder whose socket answers, also when its process's id is free", async () => {
  const folder = await leftBehind(`duet-postgres-${await endedPid()}-abcdef`, 5)
  const listener = createServer()
  await new Promise<void>((listening) => listener.listen(join(folder, "socket"), listening))
  expect(await sweepFolders(parent)).toBe(0)
  await new Promise((closed) => listener.close(closed))
})
