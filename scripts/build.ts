/**
 * Builds what a start needs: the page's CSS, the client's core, copies of the browser's libraries, the emoji, the
 * embedded Postgres's image; and compresses the assets. Skips what is up to date; prints a line for each file built.
 */
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { buildImage, imageFile } from "../src/store/embedded/image.ts"
import { assetFiles } from "../src/web/assets/assets.ts"
import { Precompress } from "../src/web/assets/precompress.ts"
import { type Product, produce } from "./product.ts"

const root = fileURLToPath(new URL("..", import.meta.url))

/** @throws when a file cannot be built; the previous one stays as it was. */
export async function build(): Promise<void> {
  await Promise.all([stylesheet(), manual(), client(), ...libraries(), ...emoji(), image()].map(report))
  await compress()
}

/** Runs last, for it compresses what the others built. */
async function compress(): Promise<void> {
  const begun = performance.now()
  const compressed = await new Precompress().update(await assetFiles())
  if (compressed > 0) console.log(`Compressed ${compressed} assets in ${seconds(begun)}`)
}

async function report(product: Product): Promise<void> {
  const begun = performance.now()
  if (!(await produce(root, product))) return
  console.log(`Built ${product.output} in ${seconds(begun)}`)
}

function seconds(begun: number): string {
  return `${((performance.now() - begun) / 1000).toFixed(2)} s`
}

function stylesheet(): Product {
  const scripts = filesOf("public/**/*.js").filter((path) => !path.startsWith("public/built/"))
  return {
    output: "public/built/app.css",
    inputs: ["node_modules/tailwindcss/package.json", ...filesOf("views/**/*.{ts,css}"), ...scripts],
    make: (path) => tailwind("views/styles.css", path),
  }
}

/** The styles of the API's description. */
function manual(): Product {
  return copied("views/styles/manual.css", "manual.css")
}

function filesOf(pattern: string): string[] {
  return [...new Bun.Glob(pattern).scanSync({ cwd: root })].sort()
}

async function tailwind(input: string, output: string): Promise<void> {
  const program = "node_modules/@tailwindcss/cli/dist/index.mjs"
  const command = [process.execPath, program, "--input", input, "--output", output, "--minify"]
  const run = Bun.spawn(command, { cwd: root, stdio: ["ignore", "pipe", "pipe"] })
  const [said, status] = await Promise.all([new Response(run.stderr).text(), run.exited])
  if (status !== 0) throw new Error(`Tailwind could not build ${input}:\n${said}`)
}

/** The parts of the client that the page is built on, as one module. */
function client(): Product {
  return {
    output: "public/built/client.js",
    inputs: ["scripts/build.ts", ...filesOf("client/*.ts")],
    async make(path) {
      const entry = join(root, "client/core.ts")
      const built = await Bun.build({ entrypoints: [entry], target: "browser", minify: true })
      await Bun.write(path, (await built.outputs[0]?.text()) ?? "")
    },
  }
}

function libraries(): Product[] {
  return [
    htmx(["htmx.min.js", "ext/hx-ws.min.js", "ext/hx-alpine-compat.min.js"]),
    copied("node_modules/alpinejs/dist/cdn.min.js", "alpine.min.js"),
  ]
}

/** htmx and its extensions in one file: each would be a request of its own. */
function htmx(files: readonly string[]): Product {
  const inputs = files.map((file) => `node_modules/htmx.org/dist/${file}`)
  return {
    output: "public/built/htmx.min.js",
    inputs: ["scripts/build.ts", ...inputs],
    async make(path) {
      const sources = await Promise.all(inputs.map((file) => Bun.file(join(root, file)).text()))
      await Bun.write(path, sources.join("\n"))
    },
  }
}

function copied(source: string, name: string): Product {
  return {
    output: `public/built/${name}`,
    inputs: [source],
    make: async (path) => void (await Bun.write(path, Bun.file(join(root, source)))),
  }
}

/** The emoji picker's files, which the page fetches at its first use. */
function emoji(): Product[] {
  const packages = ["emojilib", "unicode-emoji-json"].map((name) => `node_modules/${name}/package.json`)
  return [
    {
      output: "public/built/emoji.json",
      inputs: ["scripts/emoji.ts", ...packages],
      make: async (path) => (await import("./emoji.ts")).makeEmoji(path),
    },
    {
      output: "public/built/emoji.html",
      inputs: ["views/emoji/emoji-picker.ts", "views/html.ts"],
      make: async (path) => {
        const { emojiPicker } = await import("../views/emoji/emoji-picker.ts")
        await Bun.write(path, String(emojiPicker()))
      },
    },
    copied("views/styles/emoji.css", "emoji.css"),
  ]
}

function image(): Product {
  const sources = ["node_modules/@electric-sql/pglite/package.json", "src/store/embedded/image.ts"]
  return { output: relative(root, imageFile), inputs: sources, make: buildImage }
}

if (import.meta.main) {
  try {
    await build()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
