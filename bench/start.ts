/**
 * How soon a start answers and presence reaches its store, and what memory it takes: with the embedded Postgres
 * and with a real one (the tests' own). Everything is installed and built before.
 *
 *   bun bench/start.ts [--starts 5]
 */
import { parseArgs } from "node:util"
import { startPostgres } from "../tests/support/postgres.ts"
import { startContender } from "./contender.ts"

const { values } = parseArgs({ options: { starts: { type: "string", default: "5" } } })
const starts = Number(values.starts)

const postgres = await startPostgres()
try {
  const embedded = await measure("embedded", {})
  const real = await measure("real server", { DATABASE_URL: postgres.url })
  console.log(`\nthe embedded one takes ${(embedded - real).toFixed(0)} MB more at its peak`)
} finally {
  await postgres.stop()
}
process.exit()

/** Answers the peak of the resident memory in MB, the median of all starts. */
async function measure(name: string, env: Record<string, string>): Promise<number> {
  const peaks: number[] = []
  for (let start = 1; start <= starts; start++) {
    const began = performance.now()
    const server = await startContender(name, ["src/main.ts"], { LOG_LEVEL: "error", ...env })
    const base = server.url.replace("ws", "http")
    const answers = performance.now() - began
    while (!(await fetch(`${base}/health/ready`)).ok) await Bun.sleep(20)
    const ready = performance.now() - began
    const peak = await peakMemory(server.pid)
    peaks.push(peak)
    server.stop()
    console.log(`${name}: answers after ${ms(answers)}, ready after ${ms(ready)}, peak ${peak.toFixed(0)} MB`)
  }
  return peaks.sort((a, b) => a - b)[Math.floor(peaks.length / 2)] ?? Number.NaN
}

/** Linux alone tells it. */
async function peakMemory(pid: number): Promise<number> {
  const status = await Bun.file(`/proc/${pid}/status`).text()
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024
}

function ms(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}
