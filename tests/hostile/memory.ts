import { join } from "node:path"
import type { RunningDuet } from "../support/duet.ts"
import { until } from "../support/until.ts"

/** Loaded before the program, it reports its memory on SIGUSR2. */
export const memoryReporter = join(import.meta.dir, "memory-reporter.ts")

/** In bytes: the live heap after a collection, and the resident memory. */
export interface Memory {
  readonly heap: number
  readonly resident: number
}

/** Has a server that was started with `memoryReporter` collect its garbage, and reads its memory. */
export async function memoryOf(duet: RunningDuet): Promise<Memory> {
  const told = () => [...duet.output().matchAll(/^HEAP (\d+)$/gm)]
  const before = told().length
  process.kill(duet.pid, "SIGUSR2")
  const heap = await until("the server reports its memory", () => told()[before]?.[1], 60_000)
  return { heap: Number(heap), resident: await residentOf(duet.pid) }
}

export async function residentOf(pid: number): Promise<number> {
  const run = Bun.spawn(["ps", "-o", "rss=", "-p", String(pid)], { stdio: ["ignore", "pipe", "ignore"] })
  return Number((await new Response(run.stdout).text()).trim()) * 1024
}
