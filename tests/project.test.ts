import { describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import manifest from "../package.json"

const root = fileURLToPath(new URL("..", import.meta.url))
const read = (file: string) => Bun.file(join(root, file)).text()

describe("packages", () => {
  const dependencies = { ...manifest.dependencies, ...manifest.devDependencies }

  test("are pinned to one exact version each", () => {
    const exact = /^(npm:(@[\w-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/
    expect(Object.entries(dependencies).filter(([, version]) => !exact.test(version))).toEqual([])
  })

  test("come from the reader's own registry: bun.lock names no host", async () => {
    expect(await read("bun.lock")).not.toContain("://")
  })

  test("are installed from a lockfile that knows each of them", async () => {
    const lock = await read("bun.lock")
    const unknown = Object.entries(dependencies).filter(
      ([name, version]) => !lock.includes(`"${name}": "${version}"`),
    )
    expect(unknown).toEqual([])
  })
})

describe("Bun", () => {
  const version = manifest.packageManager.replace("bun@", "")

  test("is one version in package.json, the image and the public workflow", async () => {
    expect(manifest.packageManager).toMatch(/^bun@\d+\.\d+\.\d+$/)
    expect(manifest.engines.bun).toBe(`>=${version}`)
    const images = [...(await read("Dockerfile")).matchAll(/^FROM oven\/bun:([\d.]+)/gm)].map(
      ([, tag]) => tag,
    )
    expect(images).toEqual([version, version])
    expect(await read(".github/workflows/ci.yml")).toContain(`bun-version: ${version}\n`)
  })
})

describe("scripts", () => {
  test("run files that exist", () => {
    const files = Object.values(manifest.scripts).flatMap((script) => script.match(/[\w/-]+\.ts\b/g) ?? [])
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  test("are what the public workflow runs", async () => {
    const runs = [...(await read(".github/workflows/ci.yml")).matchAll(/run: bun run (\S+)/g)].map(
      ([, name]) => name,
    )
    expect(runs).toEqual(["check", "test"])
    expect(runs.filter((name) => !Object.keys(manifest.scripts).includes(name ?? ""))).toEqual([])
  })
})

describe("the image", () => {
  test("copies files of the repository that .dockerignore does not exclude", async () => {
    const copied = copiedByDockerfile(await read("Dockerfile"))
    const letIn = (await read(".dockerignore"))
      .split("\n")
      .flatMap((line) => line.match(/^!([^/]+)\/?$/)?.[1] ?? [])
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([])
    expect(copied.sort()).toEqual(letIn.sort())
  })

  test("installs as a start does", async () => {
    const install = await read("scripts/install.ts")
    const flags = (await read("Dockerfile")).match(/^RUN bun install (.+)$/m)?.[1]?.split(" ") ?? []
    expect(flags).toEqual(["--frozen-lockfile", "--production", "--omit=peer"])
    expect(flags.filter((flag) => !install.includes(`"${flag}"`))).toEqual([])
  })

  test("runs what package.json starts, as a user without write access, with a health check", async () => {
    const lines = (await read("Dockerfile")).split("\n")
    expect(lines).toContain(`CMD ${JSON.stringify(manifest.scripts.start.split(" ")).replaceAll(",", ", ")}`)
    expect(lines).toContain("USER bun")
    expect(lines.some((line) => line.startsWith("HEALTHCHECK"))).toBe(true)
  })
})

test("the licence is the one that package.json names", async () => {
  expect(await read("LICENSE")).toStartWith(`${manifest.license} License\n`)
})

test("the changelog has a section for unreleased changes", async () => {
  expect(await read("CHANGELOG.md")).toContain("\n## [Unreleased]\n")
})

function copiedByDockerfile(dockerfile: string): string[] {
  const copies = dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)
  return [...copies].flatMap(([, sources]) => sources?.split(" ") ?? [])
}
