import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { cp, mkdtemp, rm, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { eventually, Visitor } from "./browser/visitor.ts"
import { launchChromium } from "./support/chromium.ts"
import { freePort } from "./support/postgres.ts"
import { until } from "./support/until.ts"

setDefaultTimeout(90_000)

const project = join(import.meta.dir, "..")
const copied = [".cache", "client", "package.json", "public", "scripts", "sql", "src", "views"]

let checkout: string
let dev: Bun.Subprocess<"ignore", "pipe", "pipe">
let browser: Browser
let alma: Visitor
let jonas: Visitor
let output = ""

beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), "duet-dev-"))
  await Promise.all(copied.map((name) => cp(join(project, name), join(checkout, name), { recursive: true })))
  await symlink(join(project, "node_modules"), join(checkout, "node_modules"))
  browser = await launchChromium()
  const port = freePort()
  dev = Bun.spawn([process.execPath, "scripts/dev.ts"], {
    cwd: checkout,
    env: { PATH: process.env.PATH ?? "", HOST: "127.0.0.1", PORT: String(port), LOG_LEVEL: "error" },
    stdio: ["ignore", "pipe", "pipe"],
  })
  void collect(dev.stdout)
  void collect(dev.stderr)
  await until("the server listens", () => output.includes(`localhost:${port}`))
  const url = `http://127.0.0.1:${port}`
  ;[alma, jonas] = await Promise.all([Visitor.arrive(browser, url), Visitor.arrive(browser, url)])
  await alma.join("Alma")
  await jonas.join("Jonas")
  await alma.open("Jonas")
  await jonas.open("Alma")
})

async function collect(stream: ReadableStream<Uint8Array>): Promise<void> {
  const decoder = new TextDecoder()
  for await (const said of stream) output += decoder.decode(said, { stream: true })
}

afterAll(async () => {
  await browser?.close()
  dev?.kill("SIGTERM")
  await dev?.exited
  await rm(checkout, { recursive: true, force: true })
})

/** Changes a file of the checkout. */
async function edit(file: string, change: (source: string) => string): Promise<void> {
  const path = join(checkout, file)
  const source = await Bun.file(path).text()
  const changed = change(source)
  expect(changed).not.toBe(source)
  await Bun.write(path, changed)
}

const epochOf = ({ page }: Visitor) => page.locator("#duet").getAttribute("data-epoch")
const both = <T>(each: (visitor: Visitor) => Promise<T>) => Promise.all([each(alma), each(jonas)])

test("a change to a view reaches open pages, and sessions, messages and drafts stay", async () => {
  await alma.say("Are you there?")
  await jonas.sees("Alma", "Are you there?")
  await jonas.words.fill("I was about to")
  const epochs = await both(epochOf)
  await edit("views/sidebar/sidebar.ts", (source) => source.replace("<aside", '<aside data-changed="view"'))
  await both(({ page }) => page.locator("[data-changed=view]").waitFor({ state: "attached" }))
  await jonas.sees("Alma", "Are you there?")
  await jonas.alive()
  expect(await jonas.words.inputValue()).toBe("I was about to")
  expect(await both(epochOf)).toEqual(epochs)
})

test("a change to a style reaches open pages without a reload", async () => {
  await both(({ page }) => page.evaluate("window.isSame = true"))
  await edit("views/styles.css", (source) => `${source}\nbody { outline: 7px solid red }\n`)
  const outline = ({ page }: Visitor) => page.evaluate("getComputedStyle(document.body).outlineWidth")
  await both((visitor) => eventually(async () => (await outline(visitor)) === "7px", "the outline is there"))
  expect(await both(({ page }) => page.evaluate("window.isSame"))).toEqual([true, true])
})

test("a change to a module of the page reaches open pages, and sessions stay", async () => {
  const epochs = await both(epochOf)
  await edit(
    "public/page/shell/navigation.js",
    (source) => `${source}\ndocument.body.dataset.changed = "module"\n`,
  )
  await both(({ page }) => page.locator("body[data-changed=module]").waitFor())
  expect(await both(epochOf)).toEqual(epochs)
})

test("after a failed build of views the pages stay as they were, until the next good one", async () => {
  await edit("views/sidebar/sidebar.ts", (source) => `${source}\nexport const = 1\n`)
  await until("the fault is told", () => output.includes("views/sidebar/sidebar.ts"))
  await both(({ page }) => page.reload())
  await both(({ page }) => page.locator("[data-changed=view]").waitFor({ state: "attached" }))
  await edit("views/sidebar/sidebar.ts", (source) =>
    source.replace("export const = 1", "").replace('="view', '="fixed'),
  )
  await both(({ page }) => page.locator("[data-changed=fixed]").waitFor({ state: "attached" }))
})

test("a change to the server restarts it, and pages come back as the same users and talk on", async () => {
  const epochs = await both(epochOf)
  await edit("src/main.ts", (source) => `${source}\n`)
  await both(({ page }) =>
    page.locator(`#duet:not([data-epoch="${epochs[0]}"]):not([data-epoch="${epochs[1]}"])`).waitFor(),
  )
  await both((visitor) => visitor.alive())
  await alma.say("Here I am again")
  await jonas.sees("Alma", "Here I am again")
})
