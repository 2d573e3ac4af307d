/** A real Postgres for tests, with its own data and a free port of the loopback; it ends with the tests. */
import { chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { findPostgres } from "./postgres-binaries.ts"
import { childrenOf, isAlive } from "./processes.ts"

export interface TestPostgres {
  readonly url: string
  /** The folder of its Unix socket. */
  readonly socketFolder: string
  /** Ends it and removes its data. */
  stop(): Promise<void>
  /** Sends SIGKILL; keeps the data and the port. */
  kill(): Promise<void>
  /** Sends SIGSTOP: the server accepts connections and never answers. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Starts it again after `kill`, with the same data and port. */
  restart(): Promise<void>
}

export interface PostgresOptions {
  /** Further settings, like "ssl=on". */
  readonly settings?: readonly string[]
  /** Files for its data folder, by name. */
  readonly files?: Readonly<Record<string, string>>
}

export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

const startMs = 20_000
/**
 * When our end of the pipe closes, also because the tests were killed, ends the server and removes its data, unless
 * it has read a word before. The data of a server that ended by itself stay for its restart.
 */
const leash = `
  exec 3<&0
  "$@" & server=$!
  (
    word=$(cat <&3)
    kill -QUIT $server || exit
    while kill -0 $server; do sleep 0.02; done
    [ -n "$word" ] || rm -rf "$PWD"
  ) 2>/dev/null >/dev/null &
  wait $server`

export async function startPostgres(options: PostgresOptions = {}): Promise<TestPostgres> {
  const { folder } = await findPostgres()
  const account = await ordinaryAccount()
  const data = await mkdtemp(join(tmpdir(), "duet-test-postgres-data-"))
  if (account !== undefined) await chown(data, account.uid, account.gid)
  await prepare(folder, data, account)
  for (const [name, text] of Object.entries(options.files ?? {})) {
    await writeFile(join(data, name), text, { mode: 0o600 })
    if (account !== undefined) await chown(join(data, name), account.uid, account.gid)
  }
  const port = freePort()
  const settings = [`port=${port}`, `unix_socket_directories=${data}`, ...(options.settings ?? [])]
  let server = await start(folder, data, settings, account)
  const signal = async (name: NodeJS.Signals) => void process.kill(await server.pid(), name)
  const signalAll = async (name: NodeJS.Signals) => {
    for (const pid of [await server.pid(), ...(await childrenOf(await server.pid()))]) process.kill(pid, name)
  }
  return {
    url: `postgres://duet@127.0.0.1:${port}/postgres`,
    socketFolder: data,
    async stop() {
      await server.end()
      await rm(data, { recursive: true, force: true })
    },
    async kill() {
      await server.keep()
      await signal("SIGKILL")
      await server.exited
    },
    pause: () => signalAll("SIGSTOP"),
    resume: () => signalAll("SIGCONT"),
    async restart() {
      server = await start(folder, data, settings, account)
    },
  }
}

/** Postgres and its poolers refuse to run as root. Any other account will do, and every system has one of these. */
export async function ordinaryAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"))
  for (const wanted of ["postgres", "nobody"]) {
    const [name, , uid, gid] = lines.find(([name]) => name === wanted) ?? []
    if (name !== undefined) return { name, uid: Number(uid), gid: Number(gid) }
  }
  throw new Error("Postgres does not run as root, and there is no user postgres or nobody to run it as")
}

async function prepare(folder: string, data: string, account: Account | undefined): Promise<void> {
  const command = [join(folder, "initdb"), "-D", data, "-U", "duet", "-A", "trust", "-E", "UTF8"]
  const run = Bun.spawn([...command, "--locale=C", "--no-sync"], {
    ...identity(account),
    cwd: data,
    stdio: ["ignore", "ignore", "pipe"],
  })
  const [said, status] = await Promise.all([new Response(run.stderr).text(), run.exited])
  if (status !== 0) throw new Error(`initdb failed: ${said}`)
}

interface Running {
  readonly exited: Promise<unknown>
  pid(): Promise<number>
  end(): Promise<void>
  /** Keeps the data after the server's end; call it before, for the pipe closes with the server. */
  keep(): Promise<void>
}

async function start(
  folder: string,
  data: string,
  settings: readonly string[],
  account: Account | undefined,
): Promise<Running> {
  const all = ["listen_addresses=127.0.0.1", "fsync=off", ...settings]
  const command = [join(folder, "postgres"), "-D", data, ...all.flatMap((setting) => ["-c", setting])]
  const deadline = performance.now() + startMs
  for (;;) {
    const run = Bun.spawn(["sh", "-c", leash, "sh", ...command], {
      ...identity(account),
      cwd: data,
      stdio: ["pipe", "ignore", "pipe"],
    })
    const said = new Response(run.stderr).text()
    const keep = async () => {
      run.stdin.write("keep")
      await run.stdin.flush()
    }
    if (await isReady(data, run)) {
      return {
        exited: run.exited,
        pid: () => serverPid(data),
        keep,
        async end() {
          await run.stdin.end()
          await run.exited
        },
      }
    }
    await run.stdin.end()
    // After SIGKILL the old server's child processes take a moment to end.
    if (performance.now() > deadline) throw new Error(`Postgres did not start: ${await said}`)
    await Bun.sleep(50)
  }
}

/** Postgres writes "ready" into its lock file. */
async function isReady(data: string, run: Bun.Subprocess): Promise<boolean> {
  while (run.exitCode === null && run.signalCode === null) {
    const [pid, , , , , , , state] = await lockFile(data)
    if (state?.trim() === "ready" && isAlive(Number(pid))) return true
    await Bun.sleep(10)
  }
  return false
}

async function serverPid(data: string): Promise<number> {
  return Number((await lockFile(data))[0])
}

async function lockFile(data: string): Promise<string[]> {
  try {
    return (await readFile(join(data, "postmaster.pid"), "utf8")).split("\n")
  } catch {
    return []
  }
}

function identity(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid }
}

export function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } })
  const { port } = listener
  listener.stop(true)
  return port
}
