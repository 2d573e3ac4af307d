import type { Finding } from "./attacks/attack.ts"
import type { Account } from "./honest/ledger.ts"
import type { Times } from "./honest/pair.ts"
import type { Memory } from "./memory.ts"

/** What a run does, and for how long. */
export interface Plan {
  readonly seed: number
  readonly attackMs: number
  /** The attack goes on until this many inputs were sent. */
  readonly leastInputs: number
  /** The same attack before the first measurement of memory, so that it does not compare with a fresh process. */
  readonly warmUpMs: number
  /** How long honest people are alone, for comparison. */
  readonly calmMs: number
  /** How long a session outlives its last socket. */
  readonly windowSeconds: number
  readonly attacks: readonly string[]
  /** The attackers' share of their full rates. */
  readonly strength: number
  /** Whether the database has faults. */
  readonly database: boolean
  /** Whether a second server is restarted again and again. */
  readonly restarts: boolean
  say(line: string): void
}

/** The results of a run. */
export interface Outcome {
  readonly seconds: number
  readonly inputs: Readonly<Record<string, number>>
  /** The number of faults of databases and servers, by kind. */
  readonly faults: Readonly<Record<string, number>>
  /** The words at the server that must survive, and at the one that was restarted. */
  readonly steady: Account
  readonly restarted: Account
  readonly violations: readonly string[]
  readonly unaccounted: readonly string[]
  readonly lostSockets: number
  readonly calm: Times
  readonly attacked: Times
  readonly before: Memory
  readonly after: Memory
  readonly peakResident: number
  readonly findings: readonly Finding[]
  /** How the server that must survive ended, if it did. */
  readonly crash: string | undefined
  /** Unexpected ends of the other one. */
  readonly otherCrashes: readonly string[]
  /** What was not as before after the attack. */
  readonly notRecovered: readonly string[]
}
