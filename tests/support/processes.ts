import { readFile } from "node:fs/promises"

/** The children of a process. */
export async function childrenOf(pid: number): Promise<number[]> {
  if (process.platform === "linux") {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")
    return children.split(" ").filter(Boolean).map(Number)
  }
  const run = Bun.spawn(["ps", "-A", "-o", "pid=,ppid="], { stdio: ["ignore", "pipe", "ignore"] })
  const lines = (await new Response(run.stdout).text()).split("\n").map((line) => line.trim().split(/\s+/))
  return lines.filter(([, parent]) => Number(parent) === pid).map(([child]) => Number(child))
}

export async function commandLine(pid: number): Promise<string> {
  if (process.platform === "linux") {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ")
  }
  const run = Bun.spawn(["ps", "-o", "args=", "-p", String(pid)], { stdio: ["ignore", "pipe", "ignore"] })
  return new Response(run.stdout).text()
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
