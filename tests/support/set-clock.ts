import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const file = "SET_CLOCK_FILE"

/** Sets the wall clock of a process that has this file preloaded: by memory that both share, so that it is set at once. */
export class SetClock {
  /** For `startDuet`. */
  static readonly preload = import.meta.path

  private constructor(
    readonly folder: string,
    readonly offset: Float64Array,
  ) {}

  static create(): SetClock {
    const folder = mkdtempSync(join(tmpdir(), "duet-clock-"))
    const path = join(folder, "offset")
    writeFileSync(path, new Uint8Array(Float64Array.BYTES_PER_ELEMENT))
    return new SetClock(folder, offsetIn(path))
  }

  get env(): Record<string, string> {
    return { [file]: join(this.folder, "offset") }
  }

  /** Forward, or back. */
  setBy(ms: number): void {
    this.offset[0] = (this.offset[0] ?? 0) + ms
  }

  stop(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function offsetIn(path: string): Float64Array {
  return new Float64Array(Bun.mmap(path, { shared: true }).buffer)
}

const path = process.env[file]
if (path !== undefined) {
  const offset = offsetIn(path)
  const now = Date.now.bind(Date)
  Date.now = () => now() + (offset[0] ?? 0)
}
