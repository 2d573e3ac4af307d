/**
 * The store's process: does what the chat's process asks over the pipe between them, and ends with it. An error that
 * a driver lets nobody catch ends this process alone; the chat's starts another.
 */
import { writeSync } from "node:fs"
import type { PresenceStore } from "../../chat/presence/presence-store.ts"
import { describeFailure } from "../postgres/failure.ts"
import { openStore } from "../postgres/open-store.ts"
import { crashCode, type Failure, type StoreRequest, type StoreWord } from "./messages.ts"

/** Longer than a store's own close may take. */
const farewellMs = 2_500
const longestMessage = 1_000
/** Bytes that this process may take: three times what the embedded database does at its start. */
const mostMemory = 768 * 1024 * 1024
const memoryCheckMs = 250

/** A database that sends without end would have the driver keep all of it. */
class TooMuchMemory extends Error {
  readonly code = "STORE_MEMORY"
}

let store: PresenceStore | undefined

// A terminal and a service manager signal every process. The chat's decides when this one is no longer needed.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {})
for (const event of ["uncaughtException", "unhandledRejection"] as const) process.on(event, crash)
setInterval(checkMemory, memoryCheckMs).unref()
process.on("disconnect", () => void leave())
process.on("message", (request: StoreRequest) => void answer(request))

async function answer(request: StoreRequest): Promise<void> {
  const { id } = request
  try {
    const value = await work(request)
    tell({ type: "done", id, ...(value !== undefined && { value }) })
  } catch (error) {
    tell({ type: "failed", id, failure: failureOf(error) })
  }
}

async function work(request: StoreRequest): Promise<number | undefined> {
  switch (request.work) {
    case "open":
      store ??= openStore({ ...request.order, log: (...line) => tell({ type: "log", line }) })
      await store.open()
      return undefined
    case "write":
      await opened().write(request.changes)
      return undefined
    case "renew":
      return opened().renew()
    case "close":
      await store?.close()
      return undefined
    default:
      return request satisfies never
  }
}

function opened(): PresenceStore {
  if (store === undefined) throw new Error("the store is not open")
  return store
}

/** The chat's process is gone, whatever ended it: its people are not here any more. */
async function leave(): Promise<void> {
  const farewell = store?.close().catch(() => {})
  await Promise.race([farewell, Bun.sleep(farewellMs)])
  process.exit()
}

function checkMemory(): void {
  if (process.memoryUsage.rss() > mostMemory)
    crash(new TooMuchMemory("it took too much memory: see what the database sends"))
}

function crash(error: unknown): void {
  try {
    writeSync(2, describeFailure(error))
  } finally {
    process.exit(crashCode)
  }
}

/** A word that cannot be sent has nobody to hear it: `leave` is next. */
function tell(word: StoreWord): void {
  try {
    process.send?.(word)
  } catch {}
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "Error", message: describeFailure(error) }
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {}
  return { name: error.name, message: error.message.slice(0, longestMessage), ...code }
}
