import { createHash } from "node:crypto"
import { join, relative } from "node:path"
import { Glob } from "bun"
import type { Assets } from "../../views/model.ts"

/** The folder whose files are served. */
export const assetsFolder = join(import.meta.dir, "../../public")

/** The files of `public/` below a path that holds a hash of their contents: they may be kept for ever. */
export interface HashedAssets extends Assets {
  /** Like `/assets/3f2a…`; changes when any file does, so that modules find each other by relative paths. */
  readonly prefix: string
}

/** Reads every file once. */
export async function hashAssets(folder = assetsFolder): Promise<HashedAssets> {
  const files = (await Array.fromAsync(new Glob("**/*").scan({ cwd: folder, absolute: true }))).sort()
  const hash = createHash("sha256")
  for (const file of files) hash.update(relative(folder, file)).update(await Bun.file(file).bytes())
  const prefix = `/assets/${hash.digest("hex").slice(0, 12)}`
  return { prefix, url: (name) => `${prefix}/${name}` }
}
