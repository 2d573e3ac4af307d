import { join } from "node:path"

/** A measured server, as a process of its own. */
export interface Contender {
  readonly name: string
  readonly url: string
  readonly pid: number
  stop(): void
}

/** Starts a server that takes its port from `PORT`, and resolves once it listens on the loopback. */
export async function startContender(
  name: string,
  command: readonly string[],
  env: Record<string, string>,
): Promise<Contender> {
  const port = freePort()
  const child = Bun.spawn([process.execPath, ...command], {
    cwd: join(import.meta.dir, ".."),
    env: { PATH: process.env.PATH ?? "", HOST: "127.0.0.1", PORT: String(port), ...env },
    stdin: "ignore",
    stdout: "ignore",
    stderr: "inherit",
  })
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`)
    if (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)) break
    await Bun.sleep(50)
  }
  return { name, url: `ws://127.0.0.1:${port}`, pid: child.pid, stop: () => child.kill() }
}

function freePort(): number {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() })
  const { port } = server
  void server.stop(true)
  return port ?? 0
}
