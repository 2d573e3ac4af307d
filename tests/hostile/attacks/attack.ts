import type { Random } from "../random.ts"

/** The server did something that no input may cause. */
export interface Finding {
  readonly attack: string
  readonly what: string
  /** How to reproduce it. */
  readonly how: string
}

/** An attack's target, its duration, and where it reports. */
export interface AttackContext {
  /** The server that must live. */
  readonly port: number
  /** All ports to attack; a server may restart meanwhile. */
  readonly ports: readonly number[]
  /** Inputs a second, at most. */
  readonly rate: number
  readonly random: Random
  readonly isOver: boolean
  /** A random address among the attackers'. */
  address(): string
  count(kind: string, inputs?: number): void
  found(finding: Omit<Finding, "attack">): void
  /** Remembers an input, in case the server crashes. */
  trace(input: string): void
  /** Waits until this many more inputs are within the rate. */
  pace(inputs?: number): Promise<void>
}

export type Attack = (field: AttackContext) => Promise<void>

/** A message of an attacker's process to its parent. */
export type Message =
  | { readonly type: "counts"; readonly counts: Readonly<Record<string, number>> }
  | { readonly type: "found"; readonly finding: Finding }
  | { readonly type: "traced"; readonly inputs: readonly string[] }

/** The arguments of an attacker's process. */
export interface AttackerOptions {
  readonly attack: string
  readonly port: number
  readonly ports: readonly number[]
  readonly rate: number
  readonly seed: number
}

/** Limits inputs to a rate, with a burst of a fifth of a second. */
export class Pace {
  #due = 0

  constructor(
    readonly rate: number,
    readonly now: () => number,
  ) {}

  /** Returns in how many milliseconds the next input may be sent. */
  take(inputs: number): number {
    const now = this.now()
    this.#due = Math.max(this.#due, now - 200) + (inputs * 1000) / this.rate
    return Math.max(0, this.#due - now)
  }
}
