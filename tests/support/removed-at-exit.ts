import { rmSync } from "node:fs"

/** Has a folder removed when this process ends, however it ends short of SIGKILL. */
export function removedAtExit(folder: string): void {
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }))
}
