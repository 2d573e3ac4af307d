import { mkdtemp, rm } from "node:fs/promises"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { until } from "../support/until.ts"

/** A real proxy on a free port of the loopback, with its files in a folder of its own. */
export interface RunningProxy {
  readonly url: string
  readonly port: number
  /** The folder of its files. */
  readonly folder: string
  stop(): Promise<void>
}

export interface ProxyProgram {
  readonly name: string
  /** Its whole configuration. */
  config(port: number, folder: string): Promise<string>
  /** The command that starts it in the foreground, with its configuration in `file`. */
  command(file: string, folder: string): readonly string[]
}

/** Starts the system's proxy. Where it is missing, says so and resolves with undefined; in CI that is a failure. */
export async function startProxy(program: ProxyProgram): Promise<RunningProxy | undefined> {
  const path = Bun.which(program.name, { PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` })
  if (path === null) return missing(program.name)
  const folder = await mkdtemp(join(tmpdir(), `duet-${program.name}-`))
  const port = await freePort()
  const file = join(folder, "config")
  await Bun.write(file, await program.config(port, folder))
  const child = Bun.spawn([path, ...program.command(file, folder)], { stdio: ["ignore", "ignore", "pipe"] })
  const said = new Response(child.stderr).text()
  const ended = child.exited.then(async (code) => {
    throw new Error(`${program.name} ended with ${code}:\n${await said}`)
  })
  ended.catch(() => {})
  await Promise.race([until(`${program.name} listens`, () => listens(port)), ended])
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    folder,
    async stop() {
      child.kill("SIGKILL")
      await child.exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The recipe of docs/operations.md in this language, with the test's ports. */
export async function recipe(language: string, ports: { readonly duet: number; readonly people: number }) {
  const page = await Bun.file(join(import.meta.dir, "../../docs/operations.md")).text()
  const text = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "ms").exec(page)?.[1]
  if (text === undefined) throw new Error(`docs/operations.md has no recipe in ${language}`)
  return text
    .replace("127.0.0.1:3000", `127.0.0.1:${ports.duet}`)
    .replace("listen 80;", `listen 127.0.0.1:${ports.people};`)
    .replace("bind :80", `bind 127.0.0.1:${ports.people}`)
}

function missing(name: string): undefined {
  const words = `${name} is not on this machine (apt-get install ${name}): nothing was tried with it`
  if (process.env.CI) throw new Error(words)
  console.warn(words)
}

function listens(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(port, "127.0.0.1")
  socket.on("connect", () => resolve(true))
  socket.on("error", () => resolve(false))
  return promise.finally(() => socket.destroy())
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const server = createServer()
  server.listen(0, "127.0.0.1", () => {
    const address = server.address()
    server.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(address)))
  })
  return promise
}
