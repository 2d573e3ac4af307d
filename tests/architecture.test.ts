import { describe, expect, test } from "bun:test"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))

interface Import {
  readonly file: string
  /** Where it leads, from the root; a package's or a built-in module's own name otherwise. */
  readonly target: string
  readonly typeOnly: boolean
}

/** What the parts at the edge may reach besides: `packages` stands for anything that is not in this repository. */
const edge = ["src/log", "package.json", "packages"]

/** What a part may import beside itself. */
const reach: Record<string, readonly string[]> = {
  client: [],
  "src/actor": [],
  "src/unicode": ["packages"],
  "src/chat": ["src/actor", "src/unicode"],
  "src/companion": ["client"],
  "src/store": ["src/chat", "src/actor", ...edge],
  "src/cluster": ["src/chat", "src/actor", ...edge],
  "src/web": ["views", "src/chat", "src/actor", "src/unicode", ...edge],
}

describe("imports point one way", () => {
  for (const [part, allowed] of Object.entries(reach)) {
    const whom = allowed.length > 0 ? `itself, ${allowed.join(", ")}` : "itself"
    test(`${part} imports nothing but ${whom}`, async () => {
      const strays = (await importsIn(`${part}/**/*.ts`)).filter(
        ({ target }) => ![part, ...allowed].includes(partOf(target)),
      )
      expect(strays.map(describeImport)).toEqual([])
    })
  }

  test("views import nothing but one another and types", async () => {
    const strays = (await importsIn("views/**/*.ts")).filter(
      ({ target, typeOnly }) => partOf(target) !== "views" && !typeOnly,
    )
    expect(strays.map(describeImport)).toEqual([])
  })

  test("the browser's scripts import nothing but one another", async () => {
    const imports = (await importsIn("public/**/*.js")).filter(
      ({ file }) => !file.startsWith("public/built/"),
    )
    const strays = imports.filter(
      ({ target }) => !target.startsWith("public/") || target.startsWith("public/built/"),
    )
    expect(strays.map(describeImport)).toEqual([])
  })

  test("nothing that runs imports tests, scripts or bench", async () => {
    const strays = (await importsIn("{src,views}/**/*.ts")).filter(({ target }) =>
      /^(tests|scripts|bench)\//.test(target),
    )
    expect(strays.map(describeImport)).toEqual([])
  })

  test("src/main.ts alone puts the parts together: no part imports it", async () => {
    const strays = (await importsIn("{src,views}/**/*.ts")).filter(({ target }) => target === "src/main.ts")
    expect(strays.map(describeImport)).toEqual([])
  })

  test("the chat's process loads neither Postgres's driver nor the embedded Postgres: their failures are not its own", async () => {
    const loaded = await loadedBy("src/main.ts")
    expect(loaded).toContain("src/store/process/store-process.ts")
    expect(loaded.filter((target) => /postgres-store|open-store|^postgres$|pglite/.test(target))).toEqual([])
  })
})

describe("files", () => {
  const sources = filesOf("{client,src,views,scripts,tests,bench,public}/**/*.{ts,js}")

  test("hold one idea: none is longer than 250 lines", async () => {
    const lengths = await Promise.all(sources.map(async (file) => ({ file, lines: await countLines(file) })))
    expect(lengths.filter(({ lines }) => lines > 250)).toEqual([])
  })

  test("are named for it: no name hides an idea", () => {
    const vague = /(util|helper|manager|misc|common)/i
    expect(sources.filter((file) => vague.test(file))).toEqual([])
  })
})

test("an import is seen in every form that TypeScript knows", () => {
  const source = `
    import { a } from "./a.ts"
    import type { B } from "../store/b.ts"
    import {
      c,
      d,
    } from "elysia"
    import "node:fs"
    export * from "./e.ts"
    export type { F } from "./f.ts"
    const g = await import("./g.ts")`
  expect(parseImports("src/web/page.ts", source).map(describeImport)).toEqual([
    "src/web/page.ts imports src/web/a.ts",
    "src/web/page.ts imports src/store/b.ts (type)",
    "src/web/page.ts imports elysia",
    "src/web/page.ts imports node:fs",
    "src/web/page.ts imports src/web/e.ts",
    "src/web/page.ts imports src/web/f.ts (type)",
    "src/web/page.ts imports src/web/g.ts",
  ])
})

async function importsIn(pattern: string): Promise<Import[]> {
  const imports = filesOf(pattern).map(async (file) =>
    parseImports(file, await Bun.file(join(root, file)).text()),
  )
  return (await Promise.all(imports)).flat()
}

/** Everything that a program loads, directly or not. */
async function loadedBy(program: string): Promise<string[]> {
  const loaded = new Set([program])
  for (const file of loaded) {
    if (!file.endsWith(".ts")) continue
    for (const { target, typeOnly } of parseImports(file, await Bun.file(join(root, file)).text())) {
      if (!typeOnly) loaded.add(target)
    }
  }
  return [...loaded]
}

function filesOf(pattern: string): string[] {
  const files = [...new Bun.Glob(pattern).scanSync({ cwd: root })]
  return files.filter((file) => !/^(public|client)\/built\/|node_modules\//.test(file)).sort()
}

function parseImports(file: string, source: string): Import[] {
  const statement =
    /^\s*(?:import|export)\s+(type\s)?(?:[^"';=]*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm
  return [...source.matchAll(statement)].map(([, type, name, dynamicName]) => {
    const target = name ?? dynamicName ?? ""
    return { file, target: resolve(file, target), typeOnly: type !== undefined }
  })
}

function resolve(file: string, target: string): string {
  return target.startsWith(".") ? relative(root, join(root, dirname(file), target)) : target
}

function partOf(target: string): string {
  if (target === "package.json") return target
  return target.match(/^(src\/[^/]+|client|views|public|tests|scripts|bench)(?=\/|$)/)?.[0] ?? "packages"
}

function describeImport({ file, target, typeOnly }: Import): string {
  return `${file} imports ${target}${typeOnly ? " (type)" : ""}`
}

async function countLines(file: string): Promise<number> {
  return (await Bun.file(join(root, file)).text()).split("\n").length - 1
}
