import { afterAll, beforeAll, expect, test } from "bun:test"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { scripts } from "../package.json"
import { until } from "./support/until.ts"

const root = join(import.meta.dir, "..")
const hostile = "PORT=no-port\nDATABASE_URL=mysql://elsewhere\nLOG_LEVEL=deafening\n"
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "duet-test-elsewhere-"))
  await Bun.write(join(folder, ".env"), hostile)
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs it in another program's folder until it has printed its address or an error. */
async function firstWord(command: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const child = Bun.spawn([...command], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", HOST: "127.0.0.1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let said = ""
  const collect = async (stream: ReadableStream<Uint8Array>) => {
    for await (const chunk of stream) said += new TextDecoder().decode(chunk)
  }
  const reading = [collect(child.stdout), collect(child.stderr)]
  await until("it says something", () => said.includes("\n"))
  child.kill("SIGTERM")
  await child.exited
  await Promise.all(reading)
  return said
}

test("the start's commands and the image do not read a .env", async () => {
  expect(scripts.start).toBe("bun --no-env-file src/main.ts")
  const start = [process.execPath, "--no-env-file", join(root, "src/main.ts")]
  expect(await firstWord(start, { PORT: "0" })).toContain("Duet")
})

test("another program's .env is not read when Duet is run by its file, and the real environment is", async () => {
  if (process.platform !== "linux") return
  const start = [process.execPath, join(root, "src/main.ts")]
  expect(await firstWord(start, { PORT: "0" })).toContain("is at http://localhost:")
  expect(await firstWord(start, { PORT: "given" })).toContain("PORT=given cannot be used")
})

test("a file named by --env-file is read", async () => {
  const start = [process.execPath, "--env-file=.env", join(root, "src/main.ts")]
  expect(await firstWord(start)).toContain("PORT=no-port cannot be used")
})

test("a .env in Duet's own folder is not read: bunfig.toml says so", async () => {
  const bunfig = Bun.TOML.parse(await Bun.file(join(root, "bunfig.toml")).text())
  expect(bunfig).toMatchObject({ env: false })
  await Bun.write(join(folder, "bunfig.toml"), "env = false\n")
  const print = [process.execPath, "-e", "console.log(process.env.LOG_LEVEL ?? 'nothing')"]
  const run = Bun.spawn(print, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "" },
    stdio: ["ignore", "pipe", "ignore"],
  })
  expect(await new Response(run.stdout).text()).toBe("nothing\n")
  await rm(join(folder, "bunfig.toml"))
})
