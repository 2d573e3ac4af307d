import { closeSync, openSync, readFileSync } from "node:fs"
import { devNull } from "node:os"

/**
 * How many of the process's descriptors are left. At its limit a server cannot even refuse: `accept` fails, and the loop
 * turns on it without end. So some are kept back, and what is left is looked at by trying.
 */
export class Descriptors {
  /** Kept for the store, for files, and for those who are only told to come back later. */
  readonly reserve: number
  /** Sockets at once, however much a user or an address may have. */
  readonly socketsAtMost: number
  #isScarce = false

  constructor(
    readonly limit: number = limitOfProcess(),
    readonly isFree: (count: number) => boolean = canOpen,
  ) {
    this.reserve = Math.min(32, Math.max(8, Math.floor(limit / 16)))
    this.socketsAtMost = Math.max(1, limit - 3 * this.reserve)
  }

  /** Whether newcomers are refused, as of the last look. */
  get isScarce(): boolean {
    return this.#isScarce
  }

  /** Looks anew: `ample`, `scarce` when newcomers are to be refused, `out` when even that would take too many. */
  look(): "ample" | "scarce" | "out" {
    this.#isScarce = !this.isFree(2 * this.reserve)
    if (!this.#isScarce) return "ample"
    return this.isFree(this.reserve) ? "scarce" : "out"
  }
}

/** The soft limit, which Bun raises to the hard one; unlimited where the system does not tell. */
function limitOfProcess(): number {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1]
    return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft)
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** Whether so many more can be open at once. */
function canOpen(count: number): boolean {
  const opened: number[] = []
  try {
    while (opened.length < count) opened.push(openSync(devNull, "r"))
    return true
  } catch {
    return false
  } finally {
    for (const descriptor of opened) closeSync(descriptor)
  }
}
