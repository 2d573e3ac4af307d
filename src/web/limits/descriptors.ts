import { closeSync, openSync, readFileSync, statSync } from "node:fs"
import { devNull } from "node:os"

/**
 * Counts the process's free descriptors. At its limit a server cannot even refuse: `accept` fails, and the loop spins on
 * it. So some are kept in reserve.
 */
export class Descriptors {
  /** Kept for the store, for files, and for connections that are refused. */
  readonly reserve: number
  /** How many sockets may be open, whatever a user or an address may have. */
  readonly maxSockets: number
  #isScarce = false

  constructor(
    readonly limit: number = limitOfProcess(),
    /** How many more can be opened; it stops counting at `enough`. */
    readonly countFree: (limit: number, enough: number) => number = freeInProcess,
  ) {
    this.reserve = Math.min(32, Math.max(8, Math.floor(limit / 16)))
    this.maxSockets = Math.max(1, limit - 3 * this.reserve)
  }

  /** Whether newcomers are refused, as of the last count. */
  get isScarce(): boolean {
    return this.#isScarce
  }

  /** Counts: `scarce` means to refuse newcomers, `out` that even a refusal would take too many. */
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
    // The limit is reached.
  }
  for (const descriptor of opened) closeSync(descriptor)
  return opened.length
}
