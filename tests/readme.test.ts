import { expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { scripts } from "../package.json"
import { settings } from "../src/settings.ts"
import { ClassicClient } from "./support/classic-client.ts"
import { startDuet } from "./support/duet.ts"

const root = join(import.meta.dir, "..")
const read = (name: string) => Bun.file(join(root, name)).text()
const readme = await read("README.md")

/** Runs one of the README's programs, with the test's port, and talks with it. */
async function hearRobot(program: string): Promise<string> {
  const duet = await startDuet({ LOG_LEVEL: "error" })
  const folder = await mkdtemp(join(root, ".cache/readme-"))
  try {
    await Bun.write(join(folder, "hello.ts"), program.replace("localhost:3000", `127.0.0.1:${duet.port}`))
    const robot = Bun.spawn([process.execPath, "hello.ts"], {
      cwd: folder,
      stdout: "pipe",
      stderr: "inherit",
    })
    const anna = await ClassicClient.join(duet.url, "anna")
    await anna.until(() => anna.listed.includes("robot"))
    const users = anna.frames.findLast(({ type }) => type === "user_list_update")?.users
    const id = Array.isArray(users) ? users.find(({ name }) => name === "robot")?.id : undefined
    anna.say(String(id), "ping")
    await anna.until(() => anna.contents.includes("You said: ping"))
    robot.kill()
    await robot.exited
    return await new Response(robot.stdout).text()
  } finally {
    await duet.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const programs = [...readme.matchAll(/```ts\n([\s\S]+?)```/g)].map(([, program = ""]) => program)

test("the README's program for a plain WebSocket works when pasted, in Bun", async () => {
  expect(await hearRobot(programs[0] ?? "")).toContain("I am robot")
})

test("the README's program with our client works when pasted into this package", async () => {
  expect(programs[1]).toContain("duet-chat/client")
  await hearRobot(programs[1] ?? "")
})

test("every command that the documents name is a script of the package", async () => {
  const command = /\bbun(?:@[\d.]+)? (?:run )?(start|dev|test:soak|test|check|bench|format)\b/g
  for (const page of [
    "README.md",
    "CONTRIBUTING.md",
    "docs/operations.md",
    "docs/architecture.md",
    "docs/reliability.md",
  ]) {
    const named = [...(await read(page)).matchAll(command)]
    for (const [, script] of named) expect(Object.keys(scripts)).toContain(String(script))
  }
})

test("the soak's help lists every option that the documents name", async () => {
  const help = Bun.spawn([process.execPath, "scripts/soak.ts", "--help"], { cwd: root, stdout: "pipe" })
  const told = await new Response(help.stdout).text()
  const page = await read("docs/reliability.md")
  const named = [...`${readme}${page}`.matchAll(/(?:test:soak |`)(--[a-z].*)/g)].flatMap(
    ([, rest = ""]) => rest.match(/--[a-z]+/g) ?? [],
  )
  expect(named).toContain("--hostile")
  expect(named.filter((option) => !told.includes(`${option} `))).toEqual([])
})

test("docs/operations.md lists exactly the settings and their defaults", async () => {
  const table = [
    ...(await read("docs/operations.md")).matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|([^|]*)\|/gm),
  ]
  const listed = table.flatMap(([, names = "", presets = ""]) => {
    const values = presets.split(",").map((each) => each.trim().replace(/ s$/, ""))
    return names.split(", ").map((name, i): [string, string] => [name.replaceAll("`", ""), values[i] ?? ""])
  })
  const presets = Object.entries(settings).map(([name, { preset }]): [string, string] => [name, preset])
  expect(listed.sort()).toEqual(presets.sort())
})

test("every file that a document links to exists", async () => {
  for (const page of [
    "README.md",
    "CONTRIBUTING.md",
    "docs/client.md",
    "docs/operations.md",
    "docs/architecture.md",
    "docs/protocol.md",
    "docs/reliability.md",
  ]) {
    for (const [, target] of (await read(page)).matchAll(/\]\(([^)#]+)\)/g)) {
      if (target?.includes("://")) continue
      const path = join(root, dirname(page), target ?? "")
      expect([target, await Bun.file(path).exists()]).toEqual([target, true])
    }
  }
})

test("every file that CONTRIBUTING.md names is there", async () => {
  const named = [...(await read("CONTRIBUTING.md")).matchAll(/`([\w./-]+(?:\.ts|\.md|\/))`/g)].map(
    ([, path]) => path ?? "",
  )
  expect(named.length).toBeGreaterThan(20)
  const missing = named.filter((path) => !path.includes("FEATURE") && !isThere(path))
  expect(missing).toEqual([])
})

/** A name without a folder is of a file that stands in some folder. */
function isThere(path: string): boolean {
  if (path.includes("/") && existsSync(join(root, path))) return true
  return [...new Bun.Glob(`{src,client}/**/${path}`).scanSync(root)].length > 0
}
