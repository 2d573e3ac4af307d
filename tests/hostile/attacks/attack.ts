import type { Random } from "../random.ts"

/** Something the server did that no input may make it do. */
export interface Finding {
  readonly attack: string
  readonly what: string
  /** How to see it again. */
  readonly how: string
}

/** What an attack works with: whom it attacks, for how long, and where it reports. */
export interface Field {
  /** The server that must live. */
  readonly port: number
  /** All ports that are attacked; what listens there may be restarted meanwhile. */
  readonly ports: readonly number[]
  /** Inputs a second, at most. */
  readonly rate: number
  readonly random: Random
  readonly isOver: boolean
  /** An address of the many that the attackers come from. */
  address(): string
  count(kind: string, inputs?: number): void
  found(finding: Omit<Finding, "attack">): void
  /** Remembered for when the server dies of it. */
  trace(input: string): void
  /** Waits until so many inputs more are within the rate. */
  pace(inputs?: number): Promise<void>
}

export type Attack = (field: Field) => Promise<void>

/** All that attackers say to who sent them. */
export type Message =
  | { readonly type: "counts"; readonly counts: Readonly<Record<string, number>> }
  | { readonly type: "found"; readonly finding: Finding }
  | { readonly type: "traced"; readonly inputs: readonly string[] }

/** What an attacker's process is started with. */
export interface Orders {
  readonly attack: string
  readonly port: number
  readonly ports: readonly number[]
  readonly rate: number
  readonly seed: number
}

/** Keeps to so many inputs a second, and saves up for a fifth of a second at most. */
export class Pace {
  #due = 0

  constructor(
    readonly rate: number,
    readonly now: () => number,
  ) {}

  /** In how many milliseconds the next input may go. */
  take(inputs: number): number {
    const now = this.now()
    this.#due = Math.max(this.#due, now - 200) + (inputs * 1000) / this.rate
    return Math.max(0, this.#due - now)
  }
}
