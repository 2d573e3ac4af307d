import { closeSync, openSync, readFileSync, statSync } from "node:fs"
import { devNull } from "node:os"

/**
 * How many of the process's descriptors are left. At its limit a server cannot even refuse: `accept` fails, and the loop
 * turns on it without end. So some are kept back.
 */
export class Descriptors {
  /** Kept for the store, for files, and for those who are only told to come back later. */
  readonly reserve: number
  /** Sockets at once, however many a user or an address may have. */
  readonly socketsAtMost: number
  #isScarce = false

  constructor(
    readonly limit: number = limitOfProcess(),
    /** How many more can be open, counted up to `enough`. */
    readonly countFree: (limit: number, enough: number) => number = freeInProcess,
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
    const enough = 2 * this.reserve
    const free = this.countFree(this.limit, enough)
    this.#isScarce = free < enough
    if (!this.#isScarce) return "ample"
    return free < this.reserve ? "out" : "scarce"
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

/** Linux 6.2 and later tell how many are open; elsewhere it is tried, which costs a hundred times as much. */
function freeInProcess(limit: number, enough: number): number {
  const open = statSync("/proc/self/fd", { throwIfNoEntry: false })?.size ?? 0
  return open > 0 ? limit - open : openable(enough)
}

/** How many can be opened, up to `enough`. */
export function openable(enough: number): number {
  const opened: number[] = []
  try {
    while (opened.length < enough) opened.push(openSync(devNull, "r"))
  } catch {
    // That is how many.
  }
  for (const descriptor of opened) closeSync(descriptor)
  return opened.length
}
