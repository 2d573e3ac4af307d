import { expect, test } from "bun:test"
import { join } from "node:path"
import { version } from "../package.json"
import { settings } from "../src/settings.ts"
import { startDuet } from "./support/duet.ts"

const root = join(import.meta.dir, "..")

/** Runs the program until it ends. */
async function run(args: readonly string[], env: Record<string, string> = {}) {
  const child = Bun.spawn([process.execPath, "src/main.ts", ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? "", ...env },
    stdout: "pipe",
    stderr: "pipe",
  })
  const [out, err] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  return { out, err, code: await child.exited }
}

test("--help names every setting, and --version the version", async () => {
  const help = await run(["--help"])
  expect(help.code).toBe(0)
  for (const name of Object.keys(settings)) expect(help.out).toContain(name)
  expect(await run(["--version"])).toEqual({ out: `${version}\n`, err: "", code: 0 })
})

test("an unknown option is refused with a pointer to the help", async () => {
  const { err, code } = await run(["--prot", "80"])
  expect(code).toBe(1)
  expect(err).toContain("--help")
})

test.each([
  ["PORT", "abc"],
  ["PORT", "70000"],
  ["LEASE", "0"],
  ["LOG_LEVEL", "loud"],
  ["MESSAGE_RATE", "-1"],
  ["LIMIT_PRIVATE", "yes"],
])("%s=%s ends the start at once with an error that names it", async (name, value) => {
  const { err, code } = await run([], { [name]: value })
  expect(code).toBe(1)
  expect(err).toMatch(new RegExp(`${name}=${value} cannot be used: it takes .+\n$`))
})

test("a DATABASE_URL that cannot be used ends the start at once, and no output shows its password", async () => {
  for (const [query, word] of [
    ["foo=bar", "its parameter foo is not known here"],
    ["channel_binding=require", "channel_binding=require is not taken"],
    ["sslmode=verify-full&sslrootcert=/nowhere/at-all", "sslrootcert=/nowhere/at-all cannot be read"],
  ]) {
    const { err, code } = await run([], { DATABASE_URL: `postgres://duet:s3cr3t@localhost/duet?${query}` })
    expect(code).toBe(1)
    expect(err).toStartWith("duet: DATABASE_URL=… cannot be used: ")
    expect(err).toContain(String(word))
    expect(err).not.toContain("s3cr3t")
  }
})

test("a second start on the same port fails at once with a clear message", async () => {
  const duet = await startDuet({ LOG_LEVEL: "error" })
  try {
    const { err, code } = await run([], { PORT: String(duet.port), HOST: "127.0.0.1" })
    expect(code).toBe(1)
    expect(err).toContain(`port ${duet.port} is taken`)
  } finally {
    await duet.stop()
  }
})
