import type { Address } from "./address.ts"
import { type AddressRules, Quota } from "./quota.ts"

/** The limits of a /48 are this many times those of a /64. */
const siteShare = 16

/** How many addresses without a socket are remembered; beyond that, the one not seen for the longest is forgotten. */
export const maxRemembered = 10_000

/** The quotas of all addresses. Each operation takes constant time. */
export class Visitors {
  readonly #connected = new Map<string, Quota>()
  /** Addresses without a socket, the one not seen for the longest first. */
  readonly #others = new Map<string, Quota>()
  readonly #siteRules: AddressRules

  constructor(
    readonly rules: AddressRules,
    readonly now: () => number,
  ) {
    this.#siteRules = {
      connections: rules.connections * siteShare,
      connectRate: rules.connectRate * siteShare,
      connectBurst: rules.connectBurst * siteShare,
      httpRate: rules.httpRate * siteShare,
      httpBurst: rules.httpBurst * siteShare,
    }
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#connected.size + this.#others.size
  }

  /** Returns 0, or in how many milliseconds to try again, like the following methods. */
  request(address: Address, cost: number): number {
    return this.#ask(address, (quota, now) => quota.request(cost, now))
  }

  probe(address: Address): number {
    return this.#ask(address, (quota, now) => quota.probe(now))
  }

  /** Charges a cost that showed only after the request was admitted. */
  owe(address: Address, cost: number): void {
    const now = this.now()
    for (const key of keysOf(address)) this.#quota(key, now).owe(cost, now)
  }

  /** Counts a page as unread; returns what to call once it is read, or `undefined` when the address has too many. */
  page(address: Address): (() => void) | undefined {
    const counted: Quota[] = []
    const read = () => {
      for (const quota of counted.splice(0)) quota.read()
    }
    for (const key of keysOf(address)) {
      const quota = this.#quota(key, this.now())
      if (!quota.page()) return void read()
      counted.push(quota)
    }
    return read
  }

  /** Without `userId` the socket only carries the reason of a refusal. */
  socket(address: Address, userId: string | undefined): number {
    return this.#ask(address, (quota, now) => quota.socket(userId, now))
  }

  session(address: Address, userId: string): number {
    return this.#ask(address, (quota, now) => quota.session(userId, now))
  }

  /** A socket has opened; no address is charged for it where no limit applies. */
  opened(address: Address | undefined, userId: string | undefined): void {
    if (address === undefined) return
    for (const key of keysOf(address)) {
      const quota = this.#quota(key, this.now())
      quota.opened(userId)
      this.#others.delete(key)
      this.#connected.set(key, quota)
    }
  }

  /** A session that this address began has ended. */
  forgetSession(address: Address, userId: string): void {
    for (const key of keysOf(address)) this.#quota(key, this.now()).forgetSession(userId)
  }

  closed(address: Address | undefined): void {
    if (address === undefined) return
    for (const key of keysOf(address)) {
      const quota = this.#connected.get(key)
      if (quota === undefined || --quota.sockets > 0) continue
      this.#connected.delete(key)
      this.#forget(this.now())
      this.#others.set(key, quota)
    }
  }

  /** Asks the block first: its refusals must not cost its neighbours anything. */
  #ask(address: Address, ask: (quota: Quota, now: number) => number): number {
    const now = this.now()
    const waitMs = ask(this.#quota(address.block, now), now)
    if (waitMs > 0 || address.site === undefined) return waitMs
    return ask(this.#quota(address.site, now), now)
  }

  #quota(key: string, now: number): Quota {
    const connected = this.#connected.get(key)
    if (connected !== undefined) return connected
    let quota = this.#others.get(key)
    if (quota === undefined) {
      this.#forget(now)
      quota = key.endsWith("/48") ? new Quota(this.#siteRules, now, siteShare) : new Quota(this.rules, now)
    } else this.#others.delete(key)
    this.#others.set(key, quota)
    return quota
  }

  /** Makes room for one more. It checks two, so that fresh ones are forgotten faster than new ones come. */
  #forget(now: number): void {
    let looked = 0
    for (const [key, quota] of this.#others) {
      const isFresh = quota.isFresh(now)
      if (!isFresh && this.#others.size < maxRemembered) return
      this.#others.delete(key)
      if (++looked === 2) return
    }
  }
}

function keysOf({ block, site }: Address): readonly string[] {
  return site === undefined ? [block] : [block, site]
}
