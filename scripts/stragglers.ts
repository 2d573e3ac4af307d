/** Ends what a run of the tests started and left behind, also what has another parent or another user by now. */
import { readdir, readFile } from "node:fs/promises"

/** One that the system will not let go of is not waited for: about 5 s. */
const mostLooks = 250

/**
 * Ends every process whose environment holds `mark` (`NAME=value`), this one excepted, and answers how many there
 * were. They are found by Linux's /proc; elsewhere none is found, and the runner's own `--no-orphans` has to do.
 */
export async function endStragglers(mark: string): Promise<number> {
  const ended = new Set<number>()
  // Until a look finds none: a process may start another while it is being looked for.
  for (let look = 0; look < mostLooks; look++) {
    const marked = await processesWith(mark)
    if (marked.length === 0) break
    for (const pid of marked) {
      ended.add(pid)
      end(pid)
    }
    await Bun.sleep(20)
  }
  return ended.size
}

async function processesWith(mark: string): Promise<number[]> {
  const names = process.platform === "linux" ? await readdir("/proc") : []
  const pids = names.map(Number).filter((pid) => pid > 0 && pid !== process.pid)
  const marked = await Promise.all(pids.map((pid) => carries(pid, mark)))
  return pids.filter((_, index) => marked[index])
}

async function carries(pid: number, mark: string): Promise<boolean> {
  try {
    return (await readFile(`/proc/${pid}/environ`, "latin1")).split("\0").includes(mark)
  } catch {
    return false
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL")
  } catch {
    // It ended by itself in the meantime.
  }
}
