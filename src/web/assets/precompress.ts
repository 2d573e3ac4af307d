import { createHash } from "node:crypto"
import { mkdir, readdir, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { brotliCompress, brotliCompressSync, constants, gzip } from "node:zlib"
import { type Encoding, encodings } from "./accept-encoding.ts"

const compressible = /\.(?:js|css|svg|json|txt)$/
const ownModule = /\/public\/page\/.+\.js$/
/** Counted up when the way of compressing changes. */
const version = "3"

const compress: Record<Encoding, (bytes: Uint8Array) => Promise<Uint8Array>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
}

/** Compresses a page while its reader waits: well enough, in a fraction of a millisecond. */
export const compressNow: Record<Encoding, (text: string) => Uint8Array<ArrayBuffer>> = {
  br: (text) =>
    Uint8Array.from(brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })),
  gzip: (text) => Bun.gzipSync(text),
}

/** The name of a compressed file: a hash of the content and of the way of compressing. */
export function contentHash(bytes: Uint8Array): string {
  return createHash("sha256").update(version).update(bytes).digest("base64url").slice(0, 10)
}

/** Minifies each of our own modules by itself, with its imports as they are. */
async function minified(file: string): Promise<Uint8Array> {
  if (!ownModule.test(file)) return await Bun.file(file).bytes()
  const { outputs } = await Bun.build({
    entrypoints: [file],
    external: ["*"],
    minify: true,
    target: "browser",
  })
  const [module] = outputs
  if (module === undefined) throw new Error(`${file} could not be minified`)
  return new Uint8Array(await module.arrayBuffer())
}

/** Compressed files, each named by its content: an existing one is never out of date. */
export class Precompress {
  constructor(readonly folder = join(import.meta.dir, "../../../.cache/packed")) {}

  /** The compressed file, or undefined. */
  async find(hash: string, encoding: Encoding): Promise<Uint8Array | undefined> {
    const file = Bun.file(this.#path(hash, encoding))
    return (await file.exists()) ? await file.bytes() : undefined
  }

  /** Compresses those of `files` that are not compressed yet, removes stale ones, and returns how many it compressed. */
  async update(files: readonly string[]): Promise<number> {
    await mkdir(this.folder, { recursive: true })
    const there = new Set(await readdir(this.folder))
    const needed = new Set<string>()
    let written = 0
    for (const file of files.filter((name) => compressible.test(name))) {
      const hash = contentHash(await Bun.file(file).bytes())
      for (const encoding of encodings) {
        const path = this.#path(hash, encoding)
        needed.add(path)
        if (there.has(path.slice(this.folder.length + 1))) continue
        await this.#write(path, await compress[encoding](await minified(file)))
        written++
      }
    }
    const stale = [...there].map((name) => join(this.folder, name)).filter((path) => !needed.has(path))
    await Promise.all(stale.map((path) => rm(path, { force: true })))
    return written
  }

  /** Renames a finished file into place, so that a server that starts meanwhile never reads half of it. */
  async #write(path: string, bytes: Uint8Array): Promise<void> {
    const draft = `${path}.${process.pid}`
    await Bun.write(draft, bytes)
    await rename(draft, path)
  }

  #path(hash: string, encoding: Encoding): string {
    return join(this.folder, `${hash}.${encoding}`)
  }
}
