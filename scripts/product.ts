/** Builds a file from others, only when those, or the file itself, have changed. */
import { mkdir, rename, rm } from "node:fs/promises"
import { basename, dirname, join } from "node:path"

export interface Product {
  /** The built file, from the root. */
  readonly output: string
  /** All files that its content depends on, from the root. */
  readonly inputs: readonly string[]
  /** Writes it to `path`, an absolute path that is not the final one. */
  make(path: string): Promise<void>
}

/**
 * Builds the file if it is out of date, and resolves with whether it did. Several processes may do so at once: each
 * renames a finished file into place, so that a reader never sees half of it.
 */
export async function produce(root: string, product: Product): Promise<boolean> {
  const output = join(root, product.output)
  const stamp = join(root, ".cache/built", product.output.replaceAll("/", "."))
  const inputs = await digest(root, product.inputs)
  if (await isFresh(root, product, stamp, inputs)) return false
  await replace(output, (path) => product.make(path))
  const mark = `${inputs} ${await digest(root, [product.output])}`
  await replace(stamp, async (path) => void (await Bun.write(path, mark)))
  return true
}

async function isFresh(root: string, { output }: Product, stamp: string, inputs: string): Promise<boolean> {
  if (!(await Bun.file(join(root, output)).exists()) || !(await Bun.file(stamp).exists())) return false
  return (await Bun.file(stamp).text()) === `${inputs} ${await digest(root, [output])}`
}

async function digest(root: string, paths: readonly string[]): Promise<string> {
  const hash = new Bun.CryptoHasher("sha256")
  for (const path of paths) hash.update(`${path}\0`).update(await Bun.file(join(root, path)).bytes())
  return hash.digest("hex")
}

async function replace(file: string, write: (path: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const draft = join(dirname(file), `.${process.pid}-${crypto.randomUUID()}-${basename(file)}`)
  try {
    await write(draft)
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
}
