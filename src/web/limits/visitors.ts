import type { Address } from "./address.ts"
import { type AddressRules, Quota } from "./quota.ts"

/** How many times the allowance of a /64 all of a /48 have together. */
const siteShare = 16

/** Addresses without a socket that are remembered; beyond that, the one not seen for the longest is forgotten. */
export const rememberedAtMost = 10_000

/** What each address has used up. Remembering one and forgetting one cost the same however many there are. */
export class Visitors {
  readonly #connected = new Map<string, Quota>()
  /** Those without a socket, the one not seen for the longest first. */
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

  /** Answers 0 when the address may, as all that follow, or in how many milliseconds to try again. */
  request(address: Address, cost: number): number {
    return this.#ask(address, (quota, now) => quota.request(cost, now))
  }

  probe(address: Address): number {
    return this.#ask(address, (quota, now) => quota.probe(now))
  }

  /** A request turned out to cost more than was taken for it. */
  owe(address: Address, cost: number): void {
    const now = this.now()
    for (const key of keysOf(address)) this.#quota(key, now).owe(cost, now)
  }

  /** A page is made: answers what to call once it has been read, or nothing when too many of the address are unread. */
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

  /** `userId` is left out where the socket comes to nothing but a word of why. */
  socket(address: Address, userId: string | undefined): number {
    return this.#ask(address, (quota, now) => quota.socket(userId, now))
  }

  session(address: Address, userId: string): number {
    return this.#ask(address, (quota, now) => quota.session(userId, now))
  }

  /** A socket of an address that is charged has opened. */
  opened(address: Address | undefined, userId: string | undefined): void {
    if (address === undefined) return
    for (const key of keysOf(address)) {
      const quota = this.#quota(key, this.now())
      quota.opened(userId)
      this.#others.delete(key)
      this.#connected.set(key, quota)
    }
  }

  /** A session that an address began has ended; if it had no socket, none is waited for any longer. */
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

  /** The block first: what it is refused must cost its neighbours nothing. */
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

  /** Makes room for one more. Two at most are looked at, so that the fresh ones go faster than new ones come. */
  #forget(now: number): void {
    let looked = 0
    for (const [key, quota] of this.#others) {
      const isFresh = quota.isFresh(now)
      if (!isFresh && this.#others.size < rememberedAtMost) return
      this.#others.delete(key)
      if (++looked === 2) return
    }
  }
}

function keysOf({ block, site }: Address): readonly string[] {
  return site === undefined ? [block] : [block, site]
}
