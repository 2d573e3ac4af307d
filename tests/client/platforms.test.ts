import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buildClient } from "../../scripts/client.ts"
import { launchChromium } from "../support/chromium.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { TcpRelay } from "../support/tcp-relay.ts"
import { nodeWithWebSocket } from "./node.ts"
import { parrot, talkThroughCuts } from "./parrot.ts"

setDefaultTimeout(120_000)

const root = join(import.meta.dir, "../..")
let folder: string
let site: Bun.Server<undefined>
let server: RunningDuet
let relay: TcpRelay

beforeAll(async () => {
  await buildClient()
  folder = await mkdtemp(join(tmpdir(), "duet-client-"))
  await mkdir(join(folder, "node_modules"))
  await symlink(root, join(folder, "node_modules/duet-chat"))
  site = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: ({ url }) => page(new URL(url).pathname) })
  server = await startDuet({ LOG_LEVEL: "error", ALLOWED_ORIGINS: site.url.origin })
  relay = await TcpRelay.start(server.port)
})

afterAll(async () => {
  relay.stop()
  await server.stop()
  await site.stop(true)
  await rm(folder, { recursive: true, force: true })
})

test("the package's client survives cuts in Bun", async () => {
  await running([process.execPath], "parrot in Bun")
})

test("the package's client survives cuts in Node", async () => {
  await running(await nodeWithWebSocket(), "parrot in Node")
})

test("the built client survives cuts in Chromium", async () => {
  const browser = await launchChromium()
  try {
    const tab = await browser.newPage()
    const errors: string[] = []
    tab.on("pageerror", ({ message }) => errors.push(message))
    await tab.goto(site.url.href)
    await talkThroughCuts(server, relay, "parrot in Chromium")
    expect(errors).toEqual([])
  } finally {
    await browser.close()
  }
})

test("the declarations match the source, in a strict program without Bun's types", async () => {
  const program = `
    import * as built from "duet-chat/client"
    import type * as source from ${JSON.stringify(join(root, "client/index.ts"))}
    declare const other: typeof source
    export const there: typeof source = built
    export const back: typeof built = other
    const duet: built.Duet = built.connect({ url: "ws://localhost", WebSocket })
    duet.on("message", ({ content, mine }: built.Message) => void [content.length, mine])
    duet.on("tick", ({ status }) => void ({ sent: 1, delivered: 2, seen: 3, undelivered: 4 })[status])`
  const compilerOptions = {
    lib: ["ESNext", "DOM"],
    types: [],
    module: "ESNext",
    moduleResolution: "bundler",
    target: "ESNext",
    strict: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    noEmit: true,
  }
  await Bun.write(join(folder, "program.ts"), program)
  await Bun.write(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }))
  const check = Bun.spawn([process.execPath, "check", "--no-script", "-p", join(folder, "tsconfig.json")], {
    cwd: folder,
    stdout: "pipe",
    stderr: "pipe",
  })
  const [said, more, code] = await Promise.all([
    new Response(check.stdout).text(),
    new Response(check.stderr).text(),
    check.exited,
  ])
  expect([said, code]).toEqual([expect.not.stringContaining("error"), 0])
  expect(more).toContain("No type errors")
})

function page(path: string): Response {
  if (path === "/client.js") return new Response(Bun.file(join(root, "client/built/index.js")))
  const program = parrot("/client.js", relay.url, "parrot in Chromium")
  return new Response(`<!doctype html><script type="module">${program}</script>`, {
    headers: { "content-type": "text/html" },
  })
}

/** Talks with a parrot that runs on this platform. */
async function running(command: readonly string[], name: string): Promise<void> {
  await Bun.write(join(folder, "parrot.mjs"), parrot("duet-chat/client", relay.url, name))
  const child = Bun.spawn([...command, "parrot.mjs"], { cwd: folder, stdout: "inherit", stderr: "inherit" })
  try {
    await talkThroughCuts(server, relay, name)
  } finally {
    child.kill()
    await child.exited
  }
}
