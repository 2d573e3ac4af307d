import type { DatabaseAddress } from "../postgres/database-url.ts"
import type { StoreLog } from "../store-log.ts"
import { makeFolder, sweepFolders } from "./folder.ts"
import { ensureImage } from "./image.ts"

export interface WorkerOptions {
  readonly image: string
  readonly path: string
}

export type WorkerReply = { readonly type: "ready" } | { readonly type: "failed"; readonly message: string }

/** A Postgres in a thread of this process, reached like any other by its Unix socket. */
export interface EmbeddedPostgres {
  readonly path: string
  /** False once its thread has ended. */
  readonly alive: boolean
  /** Ends it, and removes its folder. Its rows, which it keeps in memory, are gone. */
  stop(): void
}

/** Its address; the environment's `PG…` variables do not matter. */
export function addressOf({ path }: Pick<EmbeddedPostgres, "path">): DatabaseAddress {
  return {
    servers: [{ path }],
    user: "postgres",
    password: "",
    database: "postgres",
    // With two connections, one that waits inside the other's transaction would deadlock.
    parameters: { sslmode: "disable", applicationName: "duet", connectSeconds: 5, connections: 1 },
  }
}

/** Starts an empty database in about a second; rejects when its thread fails. */
export async function startEmbedded(log: StoreLog): Promise<EmbeddedPostgres> {
  const [image] = await Promise.all([ensureImage(log), sweepFolders()])
  const folder = await makeFolder()
  const worker = new Worker(new URL("./worker.ts", import.meta.url))
  let alive = true
  const stop = () => {
    alive = false
    worker.terminate()
    folder.remove()
  }
  worker.addEventListener("close", stop)
  try {
    await ready(worker, { image, path: folder.socket })
  } catch (error) {
    stop()
    throw error
  }
  return {
    path: folder.socket,
    get alive() {
      return alive
    },
    stop,
  }
}

function ready(worker: Worker, options: WorkerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerReply>) => {
      if (data.type === "ready") resolve()
      else reject(new Error(`the embedded database did not start: ${data.message}`))
    })
    worker.addEventListener("error", ({ message }) =>
      reject(new Error(`the embedded database failed: ${message}`)),
    )
    worker.addEventListener("close", () => reject(new Error("the embedded database's thread ended")))
    worker.postMessage(options)
  })
}
