/**
 * Runs the server and builds what changes. A change to views, styles or the page's modules reaches open pages without a
 * restart, so that sessions go on; any other change restarts the server.
 */
import { watch } from "node:fs"
import { fileURLToPath } from "node:url"
import type { PageChange } from "./dev/live-pages.ts"

process.chdir(fileURLToPath(new URL("..", import.meta.url)))
const folders = ["src", "client", "views", "public", "sql"]

/** Editors write a file in several steps, and several files at once. */
const settleMs = 80

let server = start()
let settling: Timer | undefined
let changed = new Set<string>()
let handled = Promise.resolve()
let ending = false

for (const folder of folders) watch(folder, { recursive: true }, (_, file) => note(`${folder}/${file}`))
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end)

function start() {
  const run = Bun.spawn([process.execPath, "--preload", "./scripts/dev/live.ts", "src/main.ts"], {
    env: { DEV_VIEWS: "1", ...process.env },
    stdio: ["inherit", "inherit", "inherit"],
    ipc() {},
  })
  run.exited.then((status) => {
    if (status !== 0 && run === server && !ending) console.log("Waiting for a change")
  })
  return run
}

function note(file: string): void {
  if (/^(?:public|client)\/built/.test(file) || ending) return
  changed.add(file)
  clearTimeout(settling)
  settling = setTimeout(() => {
    handled = handled.then(handle)
  }, settleMs)
}

/** After a failed build the server and the pages stay as they were. */
async function handle(): Promise<void> {
  const files = [...changed]
  changed = new Set()
  const build = Bun.spawn([process.execPath, "scripts/build.ts"], { stdio: ["ignore", "inherit", "inherit"] })
  if ((await build.exited) !== 0 || ending) return
  const isRunning = server.exitCode === null && server.signalCode === null
  if (isRunning && files.every((file) => /^(?:views|public)\//.test(file)))
    return server.send(changeOf(files))
  server.kill("SIGTERM")
  await server.exited
  if (!ending) server = start()
}

function changeOf(files: readonly string[]): PageChange {
  return files.every((file) => file.endsWith(".css")) ? "style" : "page"
}

async function end(): Promise<void> {
  ending = true
  server.kill("SIGTERM")
  process.exit(await server.exited)
}
