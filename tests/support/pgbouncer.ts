/** A real PgBouncer in transaction mode in front of a test's Postgres. */
import { chmod, chown, mkdtemp, rm } from "node:fs/promises"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { freePort, ordinaryAccount } from "./postgres.ts"
import { until } from "./until.ts"

export interface PgBouncer {
  readonly url: string
  stop(): Promise<void>
}

/** It holds `sessions` sessions at the server, for all its clients together. */
export async function startPgBouncer(program: string, server: string, sessions: number): Promise<PgBouncer> {
  const { hostname, port, username, pathname } = new URL(server)
  const [account, own] = [await ordinaryAccount(), freePort()]
  const folder = await mkdtemp(join(tmpdir(), "duet-test-pgbouncer-"))
  const users = join(folder, "users.txt")
  const settings = join(folder, "pgbouncer.ini")
  await Bun.write(users, `"${username}" ""\n`)
  await Bun.write(
    settings,
    `[databases]
* = host=${hostname} port=${port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${sessions}
`,
  )
  await chmod(folder, 0o755)
  if (account !== undefined) await chown(folder, account.uid, account.gid)
  const run = Bun.spawn([program, settings], {
    ...(account !== undefined && { uid: account.uid, gid: account.gid }),
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  })
  const said = new Response(run.stderr).text()
  await until("PgBouncer listens", async () => {
    if (run.exitCode !== null) throw new Error(`PgBouncer ended with ${run.exitCode}: ${await said}`)
    return listens(own)
  })
  return {
    url: `postgres://${username}@127.0.0.1:${own}${pathname}`,
    async stop() {
      run.kill("SIGKILL")
      await run.exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.once("error", () => resolve(false))
    socket.once("connect", () => {
      socket.destroy()
      resolve(true)
    })
  })
}
