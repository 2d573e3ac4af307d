import { join } from "node:path"

const root = join(import.meta.dir, "../..")

/** Duet as its own process, on a free port of the loopback. */
export interface RunningDuet {
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Resolves with the exit code once it has ended, however that came. */
  readonly exited: Promise<number>
  /** What it has written so far, both streams. */
  output(): string
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number>
  /** SIGKILL. */
  kill(): Promise<void>
}

/**
 * Starts the program, and answers once it listens. The environment is empty but for `env`; `descriptors` are as many as
 * it may have open, `preload` runs before it, and `uid` is whose process it is.
 */
export async function startDuet(
  env: Record<string, string> = {},
  { descriptors, preload, uid }: { descriptors?: number; preload?: string; uid?: number } = {},
): Promise<RunningDuet> {
  const before = preload === undefined ? [] : ["--preload", preload]
  const program = [process.execPath, ...before, "src/main.ts"]
  const limited = ["sh", "-c", `ulimit -n ${descriptors} && exec "$0" "$@"`, ...program]
  const child = Bun.spawn(descriptors === undefined ? program : limited, {
    ...(uid !== undefined && { uid, gid: uid }),
    cwd: root,
    env: { PATH: process.env.PATH ?? "", HOST: "127.0.0.1", PORT: "0", ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  })
  let output = ""
  const listening = Promise.withResolvers<number>()
  const collect = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder()
    for await (const chunk of stream) {
      output += decoder.decode(chunk, { stream: true })
      const port = /http:\/\/localhost:(\d+)/.exec(output)?.[1]
      if (port !== undefined) listening.resolve(Number(port))
    }
  }
  void collect(child.stdout)
  void collect(child.stderr)
  void child.exited.then((code) => listening.reject(new Error(`Duet ended with ${code}:\n${output}`)))
  const port = await listening.promise
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid,
    exited: child.exited,
    output: () => output,
    stop() {
      child.kill("SIGTERM")
      return child.exited
    },
    async kill() {
      child.kill("SIGKILL")
      await child.exited
    },
  }
}
