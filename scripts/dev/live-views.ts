import { rm } from "node:fs/promises"
import { join, relative } from "node:path"
import type { BunPlugin } from "bun"

type Exports = Readonly<Record<string, unknown>>

const root = join(import.meta.dir, "../..")
const folder = join(root, "views")
const views = new RegExp(`^${RegExp.escape(folder)}/.+\\.ts$`)

/**
 * The views as modules whose exports change while the server runs: each is replaced by one that exports the same names,
 * and sets them again whenever the views were read again. Importers see it, for an import is a live binding.
 */
export class LiveViews {
  /** Told by each replacement: how to set its exports. */
  readonly #set = new Map<string, (exports: Exports) => void>()
  readonly #built = join(root, ".cache/dev", String(process.pid))
  #modules: Readonly<Record<string, Exports>> = {}
  #reads = 0

  /** The views as they are now, read once. @throws when they cannot be built. */
  static async read(): Promise<LiveViews> {
    const live = new LiveViews()
    await live.reread()
    return live
  }

  /** @throws when they cannot be built: the views stay as they were. */
  async reread(): Promise<void> {
    this.#modules = await this.#load()
    for (const [file, set] of this.#set) set(this.#modules[file] ?? {})
  }

  /** Called by a replacement as it is loaded. */
  follow(file: string, set: (exports: Exports) => void): void {
    this.#set.set(file, set)
    set(this.#modules[file] ?? {})
  }

  /** `self` is the expression by which a replacement reaches this object. */
  plugin(self: string): BunPlugin {
    return {
      name: "live-views",
      setup: (build) => {
        build.onLoad({ filter: views }, ({ path }) => {
          const file = relative(folder, path)
          const names = Object.keys(this.#modules[file] ?? {}).join(", ")
          const follow = `${self}.follow(${JSON.stringify(file)}, (exports) => { ({ ${names} } = exports) })`
          return { contents: names && `let ${names};\nexport { ${names} };\n${follow}`, loader: "js" }
        })
      },
    }
  }

  /** All views in one module of a new name, for a module that was loaded once is never read again. */
  async #load(): Promise<Readonly<Record<string, Exports>>> {
    const files = await Array.fromAsync(new Bun.Glob("**/*.ts").scan(folder))
    const entry = join(folder, "all.ts")
    const modules = files.map((file, index) => `import * as m${index} from ${JSON.stringify(`./${file}`)}`)
    const byFile = files.map((file, index) => `${JSON.stringify(file)}: m${index}`)
    const { outputs } = await Bun.build({
      entrypoints: [entry],
      files: { [entry]: `${modules.join("\n")}\nexport const all = { ${byFile.join(", ")} }` },
      target: "bun",
      sourcemap: "inline",
    })
    const place = join(this.#built, `views-${++this.#reads}.js`)
    await Bun.write(place, outputs[0] ?? "")
    try {
      const { all } = await import(place)
      return all
    } finally {
      await rm(this.#built, { recursive: true, force: true })
    }
  }
}
