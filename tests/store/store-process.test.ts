import { afterEach, beforeEach, expect, spyOn, test } from "bun:test"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseDatabaseUrl } from "../../src/store/postgres/database-url.ts"
import { describeFailure } from "../../src/store/postgres/failure.ts"
import { PostgresPresenceStore } from "../../src/store/postgres/postgres-store.ts"
import { StoreProcess, type StoreProcessOptions } from "../../src/store/process/store-process.ts"
import { isAlive } from "../support/processes.ts"
import { until } from "../support/until.ts"
import { gone, person, present } from "./rows.ts"
import { silent } from "./servers.ts"

const nowhere = parseDatabaseUrl("postgres://duet:secret@127.0.0.1:1/duet")

let store: StoreProcess
let lost: number

beforeEach(() => {
  lost = 0
  store = storeWith({})
})
afterEach(() => store.close().catch(silent))

/** By default no database listens: an opening fails, and the process stays for the next one. */
function storeWith(options: Partial<StoreProcessOptions>): StoreProcess {
  const order = { nodeId: crypto.randomUUID(), leaseSeconds: 30, database: nowhere }
  return new StoreProcess({ ...order, log: silent, lost: () => lost++, ...options })
}

function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(() => "none", describeFailure)
}

function pidOf({ pid }: StoreProcess): number {
  if (pid === undefined) throw new Error("there is no process")
  return pid
}

test("the store writes and counts people in a process of its own, which a close ends", async () => {
  const [ann, bob] = [person("Ann"), person("Bob")]
  store = storeWith({ database: undefined })
  await store.open()
  const pid = pidOf(store)
  expect(pid).not.toBe(process.pid)
  await store.write([present(ann), present(bob)])
  expect(await store.renew()).toBe(2)
  await store.write([gone(ann)])
  expect(await store.renew()).toBe(1)
  await store.close()
  expect(isAlive(pid)).toBe(false)
  expect(lost).toBe(0)
})

test("a failure reads as if it had happened here, and the process stays for the next opening", async () => {
  const here = new PostgresPresenceStore({
    at: nowhere,
    nodeId: crypto.randomUUID(),
    leaseSeconds: 30,
  })
  expect(await failureOf(store.open())).toBe(await failureOf(here.open()))
  const pid = pidOf(store)
  expect(await failureOf(store.open())).toContain("ECONNREFUSED")
  expect(pidOf(store)).toBe(pid)
})

test("a process that ends by itself rejects pending calls and is reported, and the next opening starts another", async () => {
  expect(await failureOf(store.open())).toContain("ECONNREFUSED")
  const pid = pidOf(store)
  process.kill(pid, "SIGSTOP")
  const writing = failureOf(store.write([present(person("Ann"))]))
  process.kill(pid, "SIGKILL")
  expect(await writing).toBe("STORE_ENDED: the store's process ended with SIGKILL")
  expect(await failureOf(store.renew())).toBe("STORE_ENDED: the store's process ended with SIGKILL")
  await until("its end is told", () => lost === 1)
  expect(await failureOf(store.open())).toContain("ECONNREFUSED")
  expect(pidOf(store)).not.toBe(pid)
})

test("an uncaught error ends the process, and is the reason of the failed call", async () => {
  const failure = await crashed("throw")
  expect(failure).toBe("STORE_ENDED: the store's process ended with TypeError: null is not an object")
})

test("a process that takes too much memory ends, with that reason (C16)", async () => {
  expect(await crashed("grow")).toMatch(/STORE_ENDED.*STORE_MEMORY/)
})

test("other output of an ended process is reported only by its kind", async () => {
  const failure = await crashed("panic")
  expect(failure).toBe("STORE_ENDED: the store's process ended with 3 (panic)")
})

test("a .env in the folder of the start is not read by the store's process either (C23)", async () => {
  const here = process.cwd()
  const folder = await mkdtemp(join(tmpdir(), "duet-test-elsewhere-"))
  await Bun.write(join(folder, ".env"), "CRASH=throw\n")
  process.chdir(folder)
  try {
    expect(await crashed("")).toContain("panic")
  } finally {
    process.chdir(here)
    await rm(folder, { recursive: true })
  }
})

/** The failure of a call whose process crashes that way. */
async function crashed(how: string): Promise<string> {
  Object.assign(process.env, { BUN_OPTIONS: `--preload=${join(import.meta.dir, "crash.ts")}` })
  if (how !== "") process.env.CRASH = how
  try {
    expect(await failureOf(store.open())).toContain("ECONNREFUSED")
  } finally {
    delete process.env.BUN_OPTIONS
    delete process.env.CRASH
  }
  process.kill(pidOf(store), "SIGUSR2")
  await until("its end is told", () => lost === 1)
  return failureOf(store.renew())
}

test("a process that hangs is killed after its timeout", async () => {
  store = storeWith({ timeouts: { renew: 200 } })
  expect(await failureOf(store.open())).toContain("ECONNREFUSED")
  const pid = pidOf(store)
  process.kill(pid, "SIGSTOP")
  expect(await failureOf(store.renew())).toStartWith("STORE_TIMEOUT")
  await until("it is gone", () => !isAlive(pid))
  expect(await failureOf(store.open())).toContain("ECONNREFUSED")
})

test("a close of a process that hangs leaves nothing running", async () => {
  store = storeWith({ timeouts: { close: 200 } })
  expect(await failureOf(store.open())).toContain("ECONNREFUSED")
  const pid = pidOf(store)
  process.kill(pid, "SIGSTOP")
  expect(await failureOf(store.close())).toStartWith("STORE_TIMEOUT")
  expect(isAlive(pid)).toBe(false)
})

test("a close while it opens leaves nothing running", async () => {
  const opening = failureOf(store.open())
  const pid = pidOf(store)
  await store.close()
  expect(await opening).not.toBe("none")
  expect(isAlive(pid)).toBe(false)
})

test("an opening fails when the system cannot start a process, and the next one may succeed", async () => {
  const refusal = Object.assign(new Error("too many open files"), { code: "EMFILE" })
  const spawn = spyOn(Bun, "spawn").mockImplementation(() => {
    throw refusal
  })
  try {
    expect(await failureOf(store.open())).toBe("EMFILE: too many open files")
  } finally {
    spawn.mockRestore()
  }
  expect(await failureOf(store.open())).toContain("ECONNREFUSED")
})
