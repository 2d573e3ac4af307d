import { PGlite } from "@electric-sql/pglite"
import { PGLiteSocketServer } from "@electric-sql/pglite-socket"
import type { WorkerOptions, WorkerReply } from "./server.ts"

declare const self: Worker

/** Small settings, for one connection and two tables. */
const lean = [
  "shared_buffers=2MB",
  "wal_buffers=64kB",
  "min_wal_size=2MB",
  "max_wal_size=8MB",
  "max_connections=4",
  "autovacuum=off",
]

self.onmessage = async ({ data }: MessageEvent<WorkerOptions>) => {
  try {
    const database = await PGlite.create({
      loadDataDir: new Blob([await Bun.file(data.image).bytes()]),
      postgresqlconf: lean,
    })
    await new PGLiteSocketServer({ db: database, path: data.path, maxConnections: 16 }).start()
    answer({ type: "ready" })
  } catch (error) {
    answer({ type: "failed", message: error instanceof Error ? error.message : String(error) })
  }
}

function answer(message: WorkerReply): void {
  self.postMessage(message)
}
