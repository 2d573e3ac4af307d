import { rm } from "node:fs/promises"
import { join, relative } from "node:path"
import type { BunPlugin } from "bun"

type Exports = Readonly<Record<string, unknown>>

const root = join(import.meta.dir, "../..")
const folder = join(root, "views")
const views = new RegExp(`^${RegExp.escape(folder)}/.+\\.ts$`)

/**
 * Makes the views' exports change while the server runs: it replaces each module by one that exports the same names and
 * sets them anew whenever the views were read again. Importers see the new values, for imports are live bindings.
 */
export class LiveViews {
  /** Sets the exports of each replacement. */
  readonly #set = new Map<string, (exports: Exports) => void>()
  readonly #built = join(root, ".cache/dev", String(process.pid))
  #modules: Readonly<Record<string, Exports>> = {}
  #reads = 0

  /** Reads the views. @throws when they cannot be built. */
  static async read(): Promise<LiveViews> {
    const live = new LiveViews()
    await live.reread()
    return live
  }

  /** Reads the views again. @throws when they cannot be built: they stay as they were. */
  async reread(): Promise<void> {
    this.#modules = await this.#load()
    for (const [file, set] of this.#set) set(this.#modules[file] ?? {})
  }

  /** Each replacement calls this as it is loaded. */
  follow(file: string, set: (exports: Exports) => void): void {
    this.#set.set(file, set)
    set(this.#modules[file] ?? {})
  }

  /** `self` is the expression with which a replacement finds this object. */
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

  /** Bundles all views into a module with a new name, for Bun reads a loaded module never again. */
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
