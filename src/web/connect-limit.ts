import { Rate } from "../chat/rate.ts"
import { addressBlock, isPrivate } from "./client-address.ts"

export interface ConnectRules {
  /** Sockets of one address at once; 0 for no limit. */
  readonly sockets: number
  /** New sockets a second of one address; 0 for no limit. */
  readonly rate: number
  readonly burst: number
  /** Whether private addresses are limited as well. */
  readonly limitPrivate: boolean
}

interface Visitor {
  readonly rate: Rate
  sockets: number
}

/** How many sockets one address may open, at once and a second. */
export class ConnectLimit {
  readonly #visitors = new Map<string, Visitor>()

  constructor(
    readonly rules: ConnectRules,
    readonly now: () => number,
  ) {}

  /** Answers 0 when the address may open one more socket, or in how many milliseconds to try again. */
  take(address: string): number {
    if (isPrivate(address) && !this.rules.limitPrivate) return 0
    const visitor = this.#visitor(addressBlock(address))
    if (this.rules.sockets > 0 && visitor.sockets >= this.rules.sockets) return 1000
    return visitor.rate.take(1, this.now())
  }

  opened(address: string | undefined): void {
    if (address === undefined) return
    if (isPrivate(address) && !this.rules.limitPrivate) return
    this.#visitor(addressBlock(address)).sockets++
  }

  closed(address: string | undefined): void {
    if (address === undefined) return
    const visitor = this.#visitors.get(addressBlock(address))
    if (visitor !== undefined && visitor.sockets > 0) visitor.sockets--
  }

  /** Forgets those who have no socket and whose bucket is full again. */
  sweep(): void {
    for (const [block, visitor] of this.#visitors) {
      if (visitor.sockets === 0 && visitor.rate.isFull(this.now())) this.#visitors.delete(block)
    }
  }

  #visitor(block: string): Visitor {
    let visitor = this.#visitors.get(block)
    if (visitor === undefined) {
      if (this.#visitors.size >= sweepAbove) this.sweep()
      visitor = { rate: new Rate(this.rules.rate, this.rules.burst, this.now()), sockets: 0 }
      this.#visitors.set(block, visitor)
    }
    return visitor
  }
}

const sweepAbove = 10_000
