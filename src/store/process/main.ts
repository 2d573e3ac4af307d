/**
 * The store's process: serves the chat's process over the pipe between them, and ends with it. An error that a driver
 * does not let us catch ends only this process; the chat's starts another.
 */
import { writeSync } from "node:fs"
import type { PresenceStore } from "../../chat/presence/presence-store.ts"
import { describeFailure } from "../postgres/failure.ts"
import { openStore } from "../postgres/open-store.ts"
import { crashCode, type Failure, type StoreReply, type StoreRequest } from "./messages.ts"

/** Longer than a store's own close may take. */
const closeMs = 2_500
const maxMessage = 1_000
/** The memory that this process may take, in bytes: three times what the embedded database takes at its start. */
const maxMemory = 768 * 1024 * 1024
const memoryCheckMs = 250

/** The driver keeps all that a database sends, even without end. */
class TooMuchMemory extends Error {
  readonly code = "STORE_MEMORY"
}

let store: PresenceStore | undefined

// Terminals and service managers signal every process. The chat's process decides when this one ends.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {})
for (const event of ["uncaughtException", "unhandledRejection"] as const) process.on(event, crash)
setInterval(checkMemory, memoryCheckMs).unref()
process.on("disconnect", () => void leave())
process.on("message", (request: StoreRequest) => void answer(request))

async function answer(request: StoreRequest): Promise<void> {
  const { id } = request
  try {
    const value = await call(request)
    tell({ type: "done", id, ...(value !== undefined && { value }) })
  } catch (error) {
    tell({ type: "failed", id, failure: failureOf(error) })
  }
}

async function call(request: StoreRequest): Promise<number | undefined> {
  switch (request.method) {
    case "open":
      store ??= openStore({ ...request.settings, log: (...line) => tell({ type: "log", line }) })
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

/** The chat's process has ended: removes the rows of its people. */
async function leave(): Promise<void> {
  const closing = store?.close().catch(() => {})
  await Promise.race([closing, Bun.sleep(closeMs)])
  process.exit()
}

function checkMemory(): void {
  if (process.memoryUsage.rss() > maxMemory)
    crash(new TooMuchMemory("it took too much memory: see what the database sends"))
}

function crash(error: unknown): void {
  try {
    writeSync(2, describeFailure(error))
  } finally {
    process.exit(crashCode)
  }
}

/** A failed send means that the chat's process has ended: `leave` is next. */
function tell(reply: StoreReply): void {
  try {
    process.send?.(reply)
  } catch {}
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "Error", message: describeFailure(error) }
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {}
  return { name: error.name, message: error.message.slice(0, maxMessage), ...code }
}
