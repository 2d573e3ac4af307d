/** Ends processes that a run of the tests left behind, also those with a new parent or another user. */
import { readdir, readFile } from "node:fs/promises"

/** Gives up after about 5 s on a process that does not end. */
const maxRounds = 250

/**
 * Ends every process with `mark` (`NAME=value`) in its environment, except this one, and resolves with their number.
 * It finds them in Linux's /proc; elsewhere only the runner's own `--no-orphans` ends processes.
 */
export async function endStragglers(mark: string): Promise<number> {
  const ended = new Set<number>()
  // Repeats until there is none: a process may start another meanwhile.
  for (let look = 0; look < maxRounds; look++) {
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
    // It has ended by itself.
  }
}
