import type { DatabaseAddress } from "../postgres/database-url.ts"
import type { StoreLog } from "../store-log.ts"
import { makeFolder, sweepFolders } from "./folder.ts"
import { ensureImage } from "./image.ts"

export interface WorkerOrder {
  readonly image: string
  readonly path: string
}

export type WorkerAnswer = { readonly type: "ready" } | { readonly type: "failed"; readonly message: string }

/** A Postgres in a thread of this process, reached like any other by its Unix socket. */
export interface EmbeddedPostgres {
  readonly path: string
  /** False once its thread has ended, whatever ended it. */
  readonly alive: boolean
  /** Ends it, and removes its folder. What it held is gone: it keeps everything in memory. */
  stop(): void
}

/** How a store reaches it, whatever the environment says of another Postgres. */
export function addressOf({ path }: Pick<EmbeddedPostgres, "path">): DatabaseAddress {
  return {
    servers: [{ path }],
    user: "postgres",
    password: "",
    database: "postgres",
    // One connection: with two, one that waits inside the other's transaction would wait for ever.
    parameters: { sslmode: "disable", applicationName: "duet", connectSeconds: 5, connections: 1 },
  }
}

/** Starts an empty database; rejects when its thread cannot. Ready in about a second. */
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

function ready(worker: Worker, order: WorkerOrder): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => {
      if (data.type === "ready") resolve()
      else reject(new Error(`the embedded database did not start: ${data.message}`))
    })
    worker.addEventListener("error", ({ message }) =>
      reject(new Error(`the embedded database failed: ${message}`)),
    )
    worker.addEventListener("close", () => reject(new Error("the embedded database's thread ended")))
    worker.postMessage(order)
  })
}
