import { pageTongue } from "../../property/page-tongue.ts"
import type { Tongue } from "../../property/tongue.ts"
import { v1Tongue } from "../../property/v1-tongue.ts"
import { classicTongue } from "./classic-tongue.ts"
import { type Ledger, percentile } from "./ledger.ts"
import { HonestPerson } from "./person.ts"

/** The interval between a person's words: below the default message rate. */
const everyMs = 200
/** The average interval between the cuts of a pair. */
const cutEveryMs = 3000

export interface PairRules {
  readonly url: string
  readonly ledger: Ledger
  readonly tongue: Tongue
  /** Begins their names; unique among the pairs. */
  readonly name: string
  /** Their address, as the proxy forwards it. */
  readonly address: string
  /** Whether they cut their own connections now and then, and resume. */
  readonly cuts?: () => boolean
}

/** Two honest people who send each other numbered words. */
export class HonestPair {
  readonly people: readonly HonestPerson[]
  readonly #timer: Timer

  private constructor(
    readonly rules: PairRules,
    left: HonestPerson,
    right: HonestPerson,
  ) {
    this.people = [left, right]
    this.#timer = setInterval(() => {
      left.say(right)
      right.say(left)
      if (rules.cuts?.()) left.cut()
    }, everyMs)
  }

  static async join(rules: PairRules): Promise<HonestPair> {
    const { url, tongue, ledger, address, name } = rules
    const place = { url, tongue, ledger, headers: { "x-forwarded-for": address } }
    const [left, right] = [
      await HonestPerson.join(`${name} A`, place),
      await HonestPerson.join(`${name} B`, place),
    ]
    return new HonestPair(rules, left, right)
  }

  get lostSockets(): number {
    return this.people.reduce((sum, { lostSockets }) => sum + lostSockets, 0)
  }

  /** Stops sending; what was sent may still arrive. */
  hush(): void {
    clearInterval(this.#timer)
  }

  leave(): void {
    this.hush()
    for (const person of this.people) person.leave()
  }
}

/** A pair in each dialect, and one more whose connections are cut again and again. */
export async function joinPairs(
  url: string,
  ledger: Ledger,
  place: string,
  random: () => number,
): Promise<HonestPair[]> {
  const join = (tongue: Tongue, name: string, host: number, cuts?: () => boolean) =>
    HonestPair.join({
      url,
      ledger,
      tongue,
      name: `${place} ${name}`,
      address: `203.0.113.${host}`,
      ...(cuts && { cuts }),
    })
  return [
    await join(v1Tongue, "duet v1", 1),
    await join(classicTongue, "classic", 2),
    await join(pageTongue, "page", 3),
    await join(v1Tongue, "cut off", 4, () => random() < everyMs / cutEveryMs),
  ]
}

/** In milliseconds: half of the words were heard within `p50`, 99% within `p99`. */
export interface Times {
  readonly p50: number | undefined
  readonly p99: number | undefined
  readonly longest: number | undefined
}

export function timesOf(ledger: Ledger, phase: string, speaks: (from: string) => boolean): Times {
  const times = ledger.times(phase, speaks)
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), longest: percentile(times, 1) }
}
