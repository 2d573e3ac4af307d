import { createHash } from "node:crypto"
import { mkdir, readdir, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { brotliCompress, brotliCompressSync, constants, gzip } from "node:zlib"
import { type Encoding, encodings } from "./accept-encoding.ts"

const worthPacking = /\.(?:js|css|svg|json|txt)$/
const ownModule = /\/page\/[^/]+\.js$/
/** Counted up when files are to be packed otherwise than before. */
const edition = "2"

const pack: Record<Encoding, (bytes: Uint8Array) => Promise<Uint8Array>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
}

/** What is made for one reader is packed while they wait: well enough, in a fraction of a millisecond. */
export const packNow: Record<Encoding, (text: string) => Uint8Array<ArrayBuffer>> = {
  br: (text) =>
    Uint8Array.from(brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })),
  gzip: (text) => Bun.gzipSync(text),
}

/** What names a packed file: what it was made of, and how. */
export function contentHash(bytes: Uint8Array): string {
  return createHash("sha256").update(edition).update(bytes).digest("base64url").slice(0, 10)
}

/** Our own modules travel without comments, indents and long names: each by itself, still, and with its imports. */
async function lean(file: string): Promise<Uint8Array> {
  if (!ownModule.test(file)) return await Bun.file(file).bytes()
  const { outputs } = await Bun.build({
    entrypoints: [file],
    external: ["*"],
    minify: true,
    target: "browser",
  })
  const [module] = outputs
  if (module === undefined) throw new Error(`${file} could not be packed`)
  return new Uint8Array(await module.arrayBuffer())
}

/** Compressed files, each named for the content it was made of: one that is there is never out of date. */
export class Precompress {
  constructor(readonly folder = join(import.meta.dir, "../../../.cache/packed")) {}

  /** The file packed before, or undefined. */
  async find(hash: string, encoding: Encoding): Promise<Uint8Array | undefined> {
    const file = Bun.file(this.#path(hash, encoding))
    return (await file.exists()) ? await file.bytes() : undefined
  }

  /** Packs those of `files` that are not packed yet, drops what none of them needs, and answers how many it packed. */
  async bring(files: readonly string[]): Promise<number> {
    await mkdir(this.folder, { recursive: true })
    const there = new Set(await readdir(this.folder))
    const needed = new Set<string>()
    let packed = 0
    for (const file of files.filter((name) => worthPacking.test(name))) {
      const hash = contentHash(await Bun.file(file).bytes())
      for (const encoding of encodings) {
        const path = this.#path(hash, encoding)
        needed.add(path)
        if (there.has(path.slice(this.folder.length + 1))) continue
        await this.#write(path, await pack[encoding](await lean(file)))
        packed++
      }
    }
    const stale = [...there].map((name) => join(this.folder, name)).filter((path) => !needed.has(path))
    await Promise.all(stale.map((path) => rm(path, { force: true })))
    return packed
  }

  /** In one step, so that a server that starts meanwhile never meets half a file. */
  async #write(path: string, bytes: Uint8Array): Promise<void> {
    const draft = `${path}.${process.pid}`
    await Bun.write(draft, bytes)
    await rename(draft, path)
  }

  #path(hash: string, encoding: Encoding): string {
    return join(this.folder, `${hash}.${encoding}`)
  }
}
