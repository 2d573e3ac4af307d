import { Rate } from "../../chat/rate.ts"
import { unattachedMs } from "../../chat/session/session-options.ts"

/** The limits of one address; 0 turns a rate or the bound on connections off. */
export interface AddressRules {
  /** Open sockets, and sessions that wait for their first one. */
  readonly connections: number
  /** New sockets and new sessions a second. */
  readonly connectRate: number
  readonly connectBurst: number
  /** HTTP requests a second. */
  readonly httpRate: number
  readonly httpBurst: number
}

/** The part of the burst that pages leave for sockets: a page is useless without its own. */
const socketShare = 0.2

/** How many pages of one address may be unread at once: each is held in memory. */
export const maxUnread = 16

/** The longest wait for costs that were charged after a request. */
const maxDebtMs = 1000

/** The `Retry-After` for an address with too many connections. */
const retryMs = 1000

/** What one address has used up and has open. */
export class Quota {
  readonly #connects: Rate
  readonly #requests: Rate
  /** Health probes have a rate of their own: they are answered also when other requests are refused. */
  readonly #probes: Rate
  /** When each session that a page or a form began ends unless its socket comes, in this order. */
  readonly #expected = new Map<string, number>()
  sockets = 0
  #unread = 0

  constructor(
    readonly rules: AddressRules,
    now: number,
    /** How many times the limits of one block this is. */
    readonly share = 1,
  ) {
    this.#connects = new Rate(rules.connectRate, rules.connectBurst, now)
    this.#requests = new Rate(rules.httpRate, rules.httpBurst, now)
    this.#probes = new Rate(rules.httpRate, rules.httpBurst, now)
  }

  /** Counts a page as unread, unless there are too many. */
  page(): boolean {
    if (this.#unread >= maxUnread * this.share) return false
    this.#unread++
    return true
  }

  read(): void {
    this.#unread--
  }

  /** Returns 0, or in how many milliseconds to try again, like the following methods. */
  request(cost: number, now: number): number {
    return this.#requests.take(cost, now)
  }

  probe(now: number): number {
    return this.#probes.take(1, now)
  }

  socket(userId: string | undefined, now: number): number {
    if (this.#isFull(userId, now)) return retryMs
    return this.#connects.take(1, now)
  }

  /** A session that begins without a socket. */
  session(userId: string, now: number): number {
    if (this.#isFull(userId, now)) return retryMs
    const kept = Math.floor(this.rules.connectBurst * socketShare)
    const waitMs = this.#connects.take(1, now, kept)
    if (waitMs === 0 && this.rules.connections > 0) {
      this.#expected.delete(userId)
      this.#expected.set(userId, now + unattachedMs)
    }
    return waitMs
  }

  /** Charges a cost that showed only after the request was admitted. */
  owe(cost: number, now: number): void {
    this.#requests.charge(cost, now, maxDebtMs)
  }

  opened(userId: string | undefined): void {
    this.sockets++
    if (userId !== undefined) this.forgetSession(userId)
  }

  /** The session's first socket has come, or it has ended without one. */
  forgetSession(userId: string): void {
    this.#expected.delete(userId)
  }

  /** Whether this equals a new quota, and may be forgotten. */
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

  #isFull(userId: string | undefined, now: number): boolean {
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
