import { Rate } from "../../chat/rate.ts"
import { unattachedMs } from "../../chat/session/session-options.ts"

/** What one address may do; 0 turns a rate or the bound on connections off. */
export interface AddressRules {
  /** Sockets at once, and sessions that wait for their first one. */
  readonly connections: number
  /** New sockets and new sessions a second. */
  readonly connectRate: number
  readonly connectBurst: number
  /** HTTP requests a second. */
  readonly httpRate: number
  readonly httpBurst: number
}

/** The part of the burst that a page leaves for sockets: a page is nothing without its own. */
const keptForSockets = 0.2

/** Pages of one address that are made or unread at once: what nobody reads is held. */
export const unreadAtMost = 16

/** So long at most an address has to wait for what its requests cost beyond what was taken for them. */
const owedAtMostMs = 1000

/** After which somebody with too many connections may ask again. */
const crowdedMs = 1000

/** What one address has used up, and what it has open. */
export class Quota {
  readonly #connects: Rate
  readonly #requests: Rate
  /** Probes of health, which are answered also when nothing else of the address is. */
  readonly #probes: Rate
  /** When each session that a page or a form began ends unless its socket comes; the next to end is first. */
  readonly #expected = new Map<string, number>()
  sockets = 0
  #unread = 0

  constructor(
    readonly rules: AddressRules,
    now: number,
    /** How many times the allowance of one household this is. */
    readonly share = 1,
  ) {
    this.#connects = new Rate(rules.connectRate, rules.connectBurst, now)
    this.#requests = new Rate(rules.httpRate, rules.httpBurst, now)
    this.#probes = new Rate(rules.httpRate, rules.httpBurst, now)
  }

  /** Counts a page as unread, unless there are too many. */
  page(): boolean {
    if (this.#unread >= unreadAtMost * this.share) return false
    this.#unread++
    return true
  }

  read(): void {
    this.#unread--
  }

  /** Like all that follow: answers 0, or in how many milliseconds to try again. */
  request(cost: number, now: number): number {
    return this.#requests.take(cost, now)
  }

  probe(now: number): number {
    return this.#probes.take(1, now)
  }

  socket(userId: string | undefined, now: number): number {
    if (this.#isCrowded(userId, now)) return crowdedMs
    return this.#connects.take(1, now)
  }

  /** A session that begins without a socket. */
  session(userId: string, now: number): number {
    if (this.#isCrowded(userId, now)) return crowdedMs
    const kept = Math.floor(this.rules.connectBurst * keptForSockets)
    const waitMs = this.#connects.take(1, now, kept)
    if (waitMs === 0 && this.rules.connections > 0) {
      this.#expected.delete(userId)
      this.#expected.set(userId, now + unattachedMs)
    }
    return waitMs
  }

  /** A request turned out to cost more than was taken for it. */
  owe(cost: number, now: number): void {
    this.#requests.charge(cost, now, owedAtMostMs)
  }

  opened(userId: string | undefined): void {
    this.sockets++
    if (userId !== undefined) this.forgetSession(userId)
  }

  /** A session is waited for no longer: its first socket has come, or it has ended without one. */
  forgetSession(userId: string): void {
    this.#expected.delete(userId)
  }

  /** Whether it is as good as a new one. */
  isFresh(now: number): boolean {
    this.#forgetEnded(now)
    return (
      this.sockets === 0 &&
      this.#unread === 0 &&
      this.#expected.size === 0 &&
      this.#connects.isFull(now) &&
      this.#requests.isFull(now) &&
      this.#probes.isFull(now)
    )
  }

  #isCrowded(userId: string | undefined, now: number): boolean {
    const { connections } = this.rules
    if (connections === 0) return false
    this.#forgetEnded(now)
    const own = userId !== undefined && this.#expected.has(userId) ? 1 : 0
    return this.sockets + this.#expected.size - own >= connections
  }

  #forgetEnded(now: number): void {
    for (const [userId, endsAt] of this.#expected) {
      if (endsAt > now) return
      this.#expected.delete(userId)
    }
  }
}
