import { existsSync, rmSync } from "node:fs"
import { lstat, mkdtemp, readdir, rm } from "node:fs/promises"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

const prefix = "duet-postgres-"
const socketName = "socket"
/** A server that is just starting has no socket yet. */
const youngMs = 60_000
/** The longest path of a Unix socket that every system takes, in bytes. */
const longestPath = 103

/** A folder that only this user can enter, for one socket. */
export interface PrivateFolder {
  readonly socket: string
  remove(): void
}

/** Makes the folder; it is removed at the process's exit at the latest, unless that is killed. */
export async function makeFolder(parent: string = shortTemporary()): Promise<PrivateFolder> {
  const folder = await mkdtemp(join(parent, `${prefix}${process.pid}-`))
  const remove = () => {
    process.off("exit", remove)
    // The server removes its socket as it ends: `rmSync` may find the file gone and stop half way.
    for (let tries = 0; tries < 3 && existsSync(folder); tries++) {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  process.on("exit", remove)
  return { socket: join(folder, socketName), remove }
}

/** Removes folders that killed processes of this user left behind: no process has the id, none answers the socket. */
export async function sweepFolders(parent: string = shortTemporary()): Promise<number> {
  const names = await readdir(parent)
  const swept = await Promise.all(names.map((name) => sweep(parent, name)))
  return swept.filter(Boolean).length
}

async function sweep(parent: string, name: string): Promise<boolean> {
  const pid = /^duet-postgres-(\d+)-\w+$/.exec(name)?.[1]
  if (pid === undefined || isAlive(Number(pid))) return false
  const folder = join(parent, name)
  try {
    const status = await lstat(folder)
    if (!status.isDirectory() || status.uid !== process.getuid?.()) return false
    // The process may run in another container, with process ids of its own.
    const state = await listening(join(folder, socketName))
    if (state === "yes" || (state === "absent" && Date.now() - status.mtimeMs < youngMs)) return false
    await rm(folder, { recursive: true, force: true })
    return true
  } catch {
    // Another start removed it already, or it is not ours to remove.
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH")
  }
}

function listening(path: string): Promise<"yes" | "refused" | "absent"> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once("connect", () => {
      socket.destroy()
      resolve("yes")
    })
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") resolve("refused")
      else resolve(error.code === "ENOENT" ? "absent" : "yes")
    })
  })
}

function shortTemporary(): string {
  const longest = join(tmpdir(), `${prefix}4194304-AbCdEf`, socketName)
  return Buffer.byteLength(longest) <= longestPath ? tmpdir() : "/tmp"
}
