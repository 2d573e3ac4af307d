/** What the chat's process survives besides its store: the end of its log's reader, a full disk, uncaught errors. */
import { afterEach, expect, test } from "bun:test"
import { join } from "node:path"
import { ClassicClient } from "../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { childrenOf, commandLine } from "../support/processes.ts"
import { until } from "../support/until.ts"

const root = join(import.meta.dir, "../..")
const sabotage = `--preload=${join(import.meta.dir, "saboteur.ts")}`
const preset = {
  PATH: process.env.PATH ?? "",
  HOST: "127.0.0.1",
  DATABASE_URL: "postgres://duet@127.0.0.1:1/duet",
}

let running: Bun.Subprocess[] = []
let programs: RunningDuet[] = []

afterEach(async () => {
  for (const child of running) child.kill("SIGKILL")
  await Promise.all([...running.map((child) => child.exited), ...programs.map((program) => program.stop())])
  running = []
  programs = []
})

/** Starts the program by a shell's command, in which it is `"$0" src/main.ts`, on a free port. */
async function startInShell(command: string, env: Record<string, string> = {}) {
  const port = freePort()
  const shell = Bun.spawn(["sh", "-c", command, process.execPath], {
    cwd: root,
    env: { ...preset, PORT: String(port), ...env },
    stdio: ["pipe", "pipe", "ignore"],
  })
  running.push(shell)
  const url = `http://127.0.0.1:${port}`
  const answers = () =>
    fetch(`${url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    )
  await until("it answers", answers)
  return { url, shell }
}

async function startSabotaged(what: string): Promise<RunningDuet> {
  const duet = await startDuet({ ...preset, SABOTAGE: what, BUN_OPTIONS: sabotage })
  programs.push(duet)
  return duet
}

/** People come, talk and leave. */
async function talk(url: string): Promise<void> {
  const [anna, ben] = [await ClassicClient.join(url, "anna"), await ClassicClient.join(url, "ben")]
  anna.say(ben.id, "hello")
  await ben.until(() => ben.contents.includes("hello"))
  anna.close()
  ben.close()
}

/** The program's process among the shell's children. */
async function programOf(shell: Bun.Subprocess): Promise<number> {
  for (const pid of await childrenOf(shell.pid)) {
    if ((await commandLine(pid)).includes("src/main.ts")) return pid
  }
  throw new Error("the shell did not start it")
}

function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } })
  listener.stop(true)
  return listener.port
}

test("a full disk under the log loses lines, and people chat on (C21)", async () => {
  const { url, shell } = await startInShell('exec "$0" src/main.ts >/dev/full 2>&1')
  await talk(url)
  await talk(url)
  shell.kill("SIGTERM")
  expect(await shell.exited).toBe(0)
})

test("the end of the log's reader loses lines, and people chat on (C21)", async () => {
  const { url, shell } = await startInShell('exec "$0" src/main.ts 2>&1', { LOG_LEVEL: "debug" })
  const reader = shell.stdout.getReader()
  await reader.read()
  await reader.cancel()
  await talk(url)
  await talk(url)
  shell.kill("SIGTERM")
  expect(await shell.exited).toBe(0)
})

test("a log without a reader is kept up to a bound, and tells how many lines were lost once it is read (C21)", async () => {
  const unread = 'exec 3<&0; "$0" src/main.ts </dev/null | { read -r word <&3; exec cat; }'
  const { url, shell } = await startInShell(unread, { SABOTAGE: "log", BUN_OPTIONS: sabotage })
  const pid = await programOf(shell)
  process.kill(pid, "SIGUSR2")
  await talk(url)
  process.kill(pid, "SIGUSR2")
  await talk(url)
  shell.stdin.write("read on\n")
  shell.stdin.flush()
  let [lines, lost] = [0, 0]
  let rest = ""
  const decoder = new TextDecoder()
  for await (const chunk of shell.stdout) {
    const whole = (rest + decoder.decode(chunk, { stream: true })).split("\n")
    rest = whole.pop() ?? ""
    lines += whole.filter((line) => line.includes("a line that somebody should read")).length
    for (const line of whole) lost += Number(/lines of this log were lost lines=(\d+)/.exec(line)?.[1] ?? 0)
    if (lines + lost >= 40_000) break
  }
  expect(lines + lost).toBe(40_000)
  expect(lost).toBeGreaterThan(30_000)
  process.kill(pid, "SIGTERM")
  await shell.exited
})

test("uncaught errors are logged by kind, and people chat on (C22)", async () => {
  const duet = await startSabotaged("errors")
  process.kill(duet.pid, "SIGUSR2")
  await until(
    "both kinds are told",
    () => /RangeError/.test(duet.output()) && /SyntaxError/.test(duet.output()),
  )
  await talk(duet.url)
  expect(duet.output()).not.toContain("somebody wrote")
  expect(duet.output().split("uncaught error").length - 1).toBeLessThan(20)
  expect(await duet.stop()).toBe(0)
})

test("the process ends with 0 also when a clean-up fails (C14)", async () => {
  const duet = await startSabotaged("clean-up")
  await talk(duet.url)
  expect(await duet.stop()).toBe(0)
  expect(duet.output()).toContain("a part failed to stop error=EvalError")
  expect(duet.output()).toContain("stopped")
  expect(duet.output()).not.toContain("somebody wrote")
})

test("a closing terminal drains the server as SIGTERM does (C14)", async () => {
  const duet = await startDuet(preset)
  const anna = await ClassicClient.join(duet.url, "anna")
  process.kill(duet.pid, "SIGHUP")
  expect((await anna.closed.promise).code).toBe(1012)
  expect(await duet.exited).toBe(0)
})

test("the second SIGHUP of a closing terminal, from its shell, does not cut the drain short (C14)", async () => {
  // A store that never answers makes the drain last long enough for both signals.
  const silence = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } })
  try {
    const DATABASE_URL = `postgres://duet@127.0.0.1:${silence.port}/duet`
    const duet = await startDuet({ ...preset, DATABASE_URL })
    const anna = await ClassicClient.join(duet.url, "anna")
    process.kill(duet.pid, "SIGHUP")
    expect((await anna.closed.promise).code).toBe(1012)
    process.kill(duet.pid, "SIGHUP")
    expect(await duet.exited).toBe(0)
    expect(duet.output()).toContain("stopped")
  } finally {
    silence.stop(true)
  }
})

test("under nohup the server outlives a closing terminal (C14)", async () => {
  const { url, shell } = await startInShell("trap '' HUP; exec \"$0\" src/main.ts")
  shell.kill("SIGHUP")
  await talk(url)
  shell.kill("SIGHUP")
  await talk(url)
  shell.kill("SIGTERM")
  expect(await shell.exited).toBe(0)
})

test("people chat on while a terminal is stopped with Ctrl+S, and it shows the log when it goes on (C21)", async () => {
  const port = freePort()
  let shown = ""
  const program = Bun.spawn([process.execPath, "src/main.ts"], {
    cwd: root,
    env: { ...preset, PORT: String(port), SABOTAGE: "log", BUN_OPTIONS: sabotage },
    terminal: {
      data(_, bytes) {
        shown += new TextDecoder().decode(bytes)
      },
    },
  })
  running.push(program)
  await until("it listens", () => shown.includes("http://localhost:"))
  program.terminal?.write("\x13")
  program.kill("SIGUSR2")
  await talk(`http://127.0.0.1:${port}`)
  program.kill("SIGUSR2")
  await talk(`http://127.0.0.1:${port}`)
  expect(shown).not.toContain("line=19999")
  program.terminal?.write("\x11")
  await until("the log tells what was lost", () => shown.includes("lines of this log were lost"))
})
