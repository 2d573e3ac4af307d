import type { Finding } from "./attacks/attack.ts"
import type { Account } from "./honest/ledger.ts"
import type { Times } from "./honest/pair.ts"
import type { Memory } from "./memory.ts"

/** What happens in a run, and for how long. */
export interface Plan {
  readonly seed: number
  readonly attackMs: number
  /** The attack goes on until so many inputs were sent. */
  readonly leastInputs: number
  /** The same attack before memory is looked at first, so that nothing is compared with a fresh process. */
  readonly warmUpMs: number
  /** Honest people alone, for comparison. */
  readonly calmMs: number
  /** How long a session outlives its last socket. */
  readonly windowSeconds: number
  readonly attacks: readonly string[]
  /** The share of their full rate that the attackers keep to. */
  readonly strength: number
  /** Whether the database is ended, killed and silenced. */
  readonly database: boolean
  /** Whether a second server is restarted again and again. */
  readonly restarts: boolean
  say(line: string): void
}

/** What came of it. */
export interface Outcome {
  readonly seconds: number
  readonly inputs: Readonly<Record<string, number>>
  /** The ends of databases and servers, by kind. */
  readonly troubles: Readonly<Record<string, number>>
  /** Of those who spoke at the server that had to live, and at the one that was restarted. */
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
  /** How the server that had to live ended, if it did. */
  readonly death: string | undefined
  /** Ends of the other one that nobody asked for. */
  readonly otherDeaths: readonly string[]
  /** What was not as before once all was over. */
  readonly notBack: readonly string[]
}
