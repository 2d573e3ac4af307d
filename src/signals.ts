import { readFileSync } from "node:fs"

/** SIGHUP's bit in the mask of /proc. */
const hangUp = 1n

/**
 * The signals that stop the server: a service manager's, Ctrl+C's, and that of a closing terminal. `nohup` ignores
 * the last from the start, and it stays ignored.
 */
export function endingSignals(ignored: bigint = ignoredSignals()): NodeJS.Signals[] {
  return (ignored & hangUp) === 0n ? ["SIGTERM", "SIGINT", "SIGHUP"] : ["SIGTERM", "SIGINT"]
}

/** Signals that would end the server by default and are ignored: programs that rotate logs send the first. */
export const ignoredHere: readonly NodeJS.Signals[] = ["SIGUSR1", "SIGUSR2", "SIGALRM"]

/** Within this time a second signal counts as the first one passed on. */
const duplicateMs = 1_000

/**
 * Whether a signal that comes this long after the first one means "do not wait". Ctrl+C reaches every process of a
 * terminal, and `bun start` passes it on as well; a closing terminal signals its shell, which signals all again.
 */
export function isImpatient(signal: NodeJS.Signals, sinceFirstMs: number): boolean {
  return signal !== "SIGHUP" && sinceFirstMs >= duplicateMs
}

/** Only Linux tells. */
function ignoredSignals(): bigint {
  try {
    const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]
    return mask === undefined ? 0n : BigInt(`0x${mask}`)
  } catch {
    return 0n
  }
}
