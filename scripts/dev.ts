/** Runs the server, and again whenever a source has changed, once what must be built is built. */
import { watch } from "node:fs"
import { fileURLToPath } from "node:url"

process.chdir(fileURLToPath(new URL("..", import.meta.url)))
const folders = ["src", "views", "public", "sql"]

/** Editors write a file in several steps, and several files at once. */
const settleMs = 80

let server = start()
let settling: Timer | undefined
let restarting = Promise.resolve()
let ending = false

for (const folder of folders) watch(folder, { recursive: true }, (_, file) => changed(`${folder}/${file}`))
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end)

function start() {
  const run = Bun.spawn([process.execPath, "src/main.ts"], {
    env: { DEV_VIEWS: "1", ...process.env },
    stdio: ["inherit", "inherit", "inherit"],
  })
  run.exited.then((status) => {
    if (status !== 0 && run === server && !ending) console.log("Waiting for a change")
  })
  return run
}

function changed(file: string): void {
  if (file.startsWith("public/built") || ending) return
  clearTimeout(settling)
  settling = setTimeout(() => {
    restarting = restarting.then(restart)
  }, settleMs)
}

/** A build that fails leaves the server as it was. */
async function restart(): Promise<void> {
  const build = Bun.spawn([process.execPath, "scripts/build.ts"], { stdio: ["ignore", "inherit", "inherit"] })
  if ((await build.exited) !== 0 || ending) return
  server.kill("SIGTERM")
  await server.exited
  if (!ending) server = start()
}

async function end(): Promise<void> {
  ending = true
  server.kill("SIGTERM")
  process.exit(await server.exited)
}
