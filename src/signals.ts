import { readFileSync } from "node:fs"

/** SIGHUP's place in the mask of /proc. */
const hangUp = 1n

/**
 * The signals that stop the server: a service manager's, Ctrl+C's, and that of a terminal which closes. Under `nohup`
 * the last is ignored from the start, and stays so: whoever asked for that wants the server to go on.
 */
export function endingSignals(ignored: bigint = ignoredSignals()): NodeJS.Signals[] {
  return (ignored & hangUp) === 0n ? ["SIGTERM", "SIGINT", "SIGHUP"] : ["SIGTERM", "SIGINT"]
}

/** Signals that would end the server and that ask it for nothing: programs that rotate logs send the first. */
export const ignoredHere: readonly NodeJS.Signals[] = ["SIGUSR1", "SIGUSR2", "SIGALRM"]

/** In which a signal may arrive again without being another wish. */
const echoMs = 1_000

/**
 * Whether a signal that comes so long after the first one means "do not wait". Ctrl+C reaches every process of a
 * terminal, and `bun start` passes it on as well; a terminal that closes tells its shell, which tells everybody again.
 */
export function isImpatient(signal: NodeJS.Signals, sinceFirstMs: number): boolean {
  return signal !== "SIGHUP" && sinceFirstMs >= echoMs
}

/** Linux alone tells it. */
function ignoredSignals(): bigint {
  try {
    const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]
    return mask === undefined ? 0n : BigInt(`0x${mask}`)
  } catch {
    return 0n
  }
}
