import { join } from "node:path"
import type { RunningDuet } from "../support/duet.ts"
import { until } from "../support/until.ts"

/** Loaded before the program, has it tell of its memory at SIGUSR2. */
export const memoryTeller = join(import.meta.dir, "memory-teller.ts")

/** Bytes: what lives on the heap after a collection, and what the process occupies. */
export interface Memory {
  readonly heap: number
  readonly resident: number
}

/** Collects the garbage of a server that was started with `memoryTeller`, and asks what is left. */
export async function memoryOf(duet: RunningDuet): Promise<Memory> {
  const told = () => [...duet.output().matchAll(/^HEAP (\d+)$/gm)]
  const before = told().length
  process.kill(duet.pid, "SIGUSR2")
  const heap = await until("the server's word on its memory", () => told()[before]?.[1], 60_000)
  return { heap: Number(heap), resident: await residentOf(duet.pid) }
}

export async function residentOf(pid: number): Promise<number> {
  const run = Bun.spawn(["ps", "-o", "rss=", "-p", String(pid)], { stdio: ["ignore", "pipe", "ignore"] })
  return Number((await new Response(run.stdout).text()).trim()) * 1024
}
