import { createHash } from "node:crypto"
import { join, relative } from "node:path"
import { Glob } from "bun"
import type { Assets } from "../../../views/model.ts"

/** The folder whose files are served. */
export const assetsFolder = join(import.meta.dir, "../../../public")

/** The files of `public/`, under a path with a hash of their contents, so that browsers may keep them for ever. */
export interface HashedAssets extends Assets {
  /** Like `/assets/3f2a…`; changes when any file does, so that modules find each other by relative paths. */
  readonly prefix: string
  /** Every file's bytes, by its path below the folder. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** The absolute path of every file that is served. */
export async function assetFiles(folder = assetsFolder): Promise<string[]> {
  return (await Array.fromAsync(new Glob("**/*").scan({ cwd: folder, absolute: true }))).sort()
}

/** Reads and hashes every file. */
export async function hashAssets(folder = assetsFolder): Promise<HashedAssets> {
  const files = new Map<string, Uint8Array>()
  const hash = createHash("sha256")
  for (const file of await assetFiles(folder)) {
    const name = relative(folder, file)
    const bytes = await Bun.file(file).bytes()
    hash.update(name).update(bytes)
    files.set(name, bytes)
  }
  const prefix = `/assets/${hash.digest("hex").slice(0, 12)}`
  const modules = importsOf(files)
  return { prefix, files, url: (name) => `${prefix}/${name}`, modules }
}

/** A module's static imports, direct or not, the nearest first; dynamic imports are left out. */
function importsOf(files: ReadonlyMap<string, Uint8Array>): (name: string) => string[] {
  const transpiler = new Bun.Transpiler({ loader: "js" })
  const direct = (name: string) =>
    transpiler
      .scanImports(files.get(name) ?? "")
      .filter(({ kind }) => kind === "import-statement")
      .map(({ path }) => join(name, "..", path))
  const known = new Map<string, string[]>()
  const follow = (name: string) => {
    const reached = new Set([name])
    for (const each of reached) for (const next of direct(each)) reached.add(next)
    reached.delete(name)
    return [...reached]
  }
  return (name) => {
    const imports = known.get(name) ?? follow(name)
    known.set(name, imports)
    return imports
  }
}
