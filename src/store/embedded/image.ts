import { mkdir, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { dependencies } from "../../../package.json"
import type { StoreLog } from "../store-log.ts"

const root = join(import.meta.dir, "../../..")

/** The path of the prepared image. It holds PGlite's version, so that an update makes a new one. */
export const imageFile = join(root, ".cache", `postgres-${dependencies["@electric-sql/pglite"]}.tgz`)

/**
 * Makes the data directory of an empty database once, which takes some 5 s and 900 MB of memory, so that starts need
 * not. Several processes may build at once: the file appears whole or not at all.
 */
export async function buildImage(file: string = imageFile): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const image = await emptyDatabase()
  const unfinished = `${file}.${process.pid}`
  try {
    await Bun.write(unfinished, image)
    await rename(unfinished, file)
  } finally {
    await rm(unfinished, { force: true })
  }
}

/** Builds the image when it is missing, in a process of its own, which frees the memory. */
export async function ensureImage(log: StoreLog, file: string = imageFile): Promise<string> {
  if (await Bun.file(file).exists()) return file
  log("info", "building the embedded database's image, which takes some seconds this once", { file })
  const build = Bun.spawn([process.execPath, import.meta.path, file], {
    stdio: ["ignore", "ignore", "pipe"],
  })
  const [said, status] = await Promise.all([new Response(build.stderr).text(), build.exited])
  if (status === 0) return file
  throw new Error(
    `the embedded database's image ${file} could not be built; run "bun scripts/build.ts": ${said}`,
  )
}

/** With small log segments and no templates, every start takes a third of the memory. */
async function emptyDatabase(): Promise<Blob> {
  const { PGlite } = await import("@electric-sql/pglite")
  const database = await PGlite.create({ initDbStartParams: ["--wal-segsize=1"] })
  try {
    await database.exec("update pg_database set datistemplate = false")
    await database.exec("drop database template0")
    await database.exec("drop database template1")
    await database.exec("vacuum full")
    await database.exec("checkpoint")
    return await database.dumpDataDir("gzip")
  } finally {
    await database.close()
  }
}

if (import.meta.main) await buildImage(process.argv[2])
