import { describe, expect, test } from "bun:test"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { cyclesIn, filesOf, type Import, importsIn, loadedBy, parseImports } from "./support/imports.ts"

const root = fileURLToPath(new URL("..", import.meta.url))

/** What the parts at the edge may import as well: `packages` stands for everything outside this repository. */
const edge = ["src/log", "package.json", "packages"]

/** What each part may import besides itself. */
const reach: Record<string, readonly string[]> = {
  "src/actor": [],
  "src/unicode": ["packages"],
  "src/chat": ["src/actor", "src/unicode"],
  "src/companion": ["client"],
  "src/store": ["src/chat", "src/actor", ...edge],
  "src/wire": ["packages"],
  "src/web": ["views", "src/wire", "src/chat", "src/actor", "src/unicode", ...edge],
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

  test("the domain uses no names of the wire, which have underscores, and holds no JSON", async () => {
    const files = filesOf("src/chat/**/*.ts")
    const sources = await Promise.all(files.map((file) => Bun.file(join(root, file)).text()))
    const strays = sources.flatMap((source, i) =>
      [...source.matchAll(/\b[a-z]+(_[a-z]+)+\b|\bJSON\b/g)].map(([word]) => `${files[i]}: ${word}`),
    )
    expect(strays).toEqual([])
  })

  test("client imports nothing but itself and types of src/wire", async () => {
    const strays = (await importsIn("client/**/*.ts")).filter(
      ({ target, typeOnly }) => partOf(target) !== "client" && !(partOf(target) === "src/wire" && typeOnly),
    )
    expect(strays.map(describeImport)).toEqual([])
  })

  test("views import nothing but one another and types", async () => {
    const strays = (await importsIn("views/**/*.ts")).filter(
      ({ target, typeOnly }) => partOf(target) !== "views" && !typeOnly,
    )
    expect(strays.map(describeImport)).toEqual([])
  })

  test("the browser's scripts import nothing but one another and the client's core", async () => {
    const strays = (await importsIn("public/**/*.js")).filter(
      ({ target }) => !target.startsWith("public/page/") && target !== "public/built/client.js",
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

describe("imports have no cycles", () => {
  for (const pattern of ["src/**/*.ts", "client/**/*.ts", "views/**/*.ts", "public/**/*.js"]) {
    test(`in ${pattern}, types apart`, async () => {
      const imports = await importsIn(pattern)
      expect(cyclesIn(imports.filter(({ typeOnly }) => !typeOnly))).toEqual([])
    })
  }

  test("the test finds every form of a cycle, and no others", () => {
    const sources = {
      "a.ts": `import "./b.ts"\nimport { d } from "./d.ts"`,
      "b.ts": `export * from "./c.ts"`,
      "c.ts": `const a = await import("./a.ts")`,
      "d.ts": `import { c } from "elysia"`,
      "e.ts": `import { a } from "./a.ts"\nimport { d } from "./d.ts"`,
    }
    const imports = Object.entries(sources).flatMap(([file, source]) => parseImports(file, source))
    expect(cyclesIn(imports)).toEqual([["a.ts", "b.ts", "c.ts"]])
  })
})

test("a pattern without files is an error", () => {
  expect(() => filesOf("src/nowhere/**/*.ts")).toThrow("No file matches src/nowhere/**/*.ts")
})

describe("files", () => {
  const sources = filesOf("{client,src,views,scripts,tests,bench,public}/**/*.{ts,js}")

  test("are at most 250 lines long", async () => {
    const lengths = await Promise.all(sources.map(async (file) => ({ file, lines: await countLines(file) })))
    expect(lengths.filter(({ lines }) => lines > 250)).toEqual([])
  })

  test("of the page are in folders by feature, a dozen per folder at most", () => {
    const files = ["views/**/*.{ts,css}", "public/page/**/*.js"].flatMap(filesOf)
    const folders = Map.groupBy(files, (file) => dirname(file))
    expect(folders.size).toBeGreaterThan(10)
    expect([...folders].filter(([, files]) => files.length > 12)).toEqual([])
    expect(folders.get("public/page")).toBeUndefined()
  })

  test("have no vague names", () => {
    const vague = /(util|helper|manager|misc|common)/i
    expect(sources.filter((file) => vague.test(file))).toEqual([])
  })
})

test("the test sees every form of an import", () => {
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
