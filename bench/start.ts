/**
 * Measures how soon a start answers and presence reaches the store, and the memory of the chat's process and the
 * store's, with the embedded Postgres and with a real one (the tests' own). Everything is installed and built before.
 *
 *   bun bench/start.ts [--starts 5]
 */
import { parseArgs } from "node:util"
import { startPostgres } from "../tests/support/postgres.ts"
import { startContender } from "./contender.ts"

const { values } = parseArgs({ options: { starts: { type: "string", default: "5" } } })
const starts = Number(values.starts)

/** How long a ready server idles before it counts as at rest. */
const restMs = 3_000

interface Memory {
  /** Resident, in MB. */
  readonly peak: number
  readonly rest: number
}

const postgres = await startPostgres()
try {
  await measure("embedded", {})
  await measure("real server", { DATABASE_URL: postgres.url })
} finally {
  await postgres.stop()
}
process.exit()

async function measure(name: string, env: Record<string, string>): Promise<void> {
  for (let start = 1; start <= starts; start++) {
    const began = performance.now()
    const server = await startContender(name, ["src/main.ts"], { LOG_LEVEL: "error", ...env })
    const base = server.url.replace("ws", "http")
    const answers = performance.now() - began
    while (!(await fetch(`${base}/health/ready`)).ok) await Bun.sleep(20)
    const ready = performance.now() - began
    await Bun.sleep(restMs)
    const chat = shown("chat", await memory(server.pid))
    const children = await Promise.all((await childrenOf(server.pid)).map(memory))
    const stores = children.map((child) => shown("store", child))
    server.stop()
    console.log(
      `${name}: answers after ${seconds(answers)}, ready after ${seconds(ready)}; ${[chat, ...stores].join("; ")}`,
    )
  }
}

/** Only Linux tells it. */
async function memory(pid: number): Promise<Memory> {
  const status = await Bun.file(`/proc/${pid}/status`).text()
  const megabytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
  return { peak: megabytes("VmHWM"), rest: megabytes("VmRSS") }
}

async function childrenOf(pid: number): Promise<number[]> {
  const tasks = new Bun.Glob("*/children").scan(`/proc/${pid}/task`)
  const lists = await Array.fromAsync(tasks, (list) => Bun.file(`/proc/${pid}/task/${list}`).text())
  return lists.join(" ").split(" ").filter(Boolean).map(Number)
}

function shown(what: string, { peak, rest }: Memory): string {
  return `${what} ${peak.toFixed(0)} MB at its peak, ${rest.toFixed(0)} MB at rest`
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}
