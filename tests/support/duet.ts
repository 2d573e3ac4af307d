import { join } from "node:path"

const root = join(import.meta.dir, "../..")

/** Duet as a process of its own, on a free port of the loopback. */
export interface RunningDuet {
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Resolves with the exit code once it has ended. */
  readonly exited: Promise<number>
  /** All that it has written so far, on both streams. */
  output(): string
  /** Sends SIGTERM; resolves with the exit code. */
  stop(): Promise<number>
  /** Sends SIGKILL. */
  kill(): Promise<void>
}

/**
 * Starts the program, and resolves once it listens. Its environment holds only `env`; it may open `descriptors`
 * descriptors, loads `preload` first, and runs as the user `uid`.
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
  // What it says last may be read after its end is known.
  const heard = Promise.all([collect(child.stdout), collect(child.stderr)])
  void Promise.all([child.exited, heard]).then(([code]) =>
    listening.reject(new Error(`Duet ended with ${code}:\n${output}`)),
  )
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
