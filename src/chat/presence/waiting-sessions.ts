import type { Member } from "./member.ts"
import type { Origin } from "./presence-message.ts"

/** The sessions without a socket, the longest without one first; all together and by where they came from. */
export class WaitingSessions {
  readonly #all = new Map<number, Member>()
  readonly #byOrigin = new Map<string, Map<number, Member>>()

  add(member: Member): void {
    const { address, session } = member
    this.remove(member)
    this.#all.set(session.id, member)
    for (const key of keysOf(address)) {
      const neighbours = this.#byOrigin.get(key) ?? new Map<number, Member>()
      this.#byOrigin.set(key, neighbours.set(session.id, member))
    }
  }

  remove({ address, session }: Member): void {
    if (!this.#all.delete(session.id)) return
    for (const key of keysOf(address)) {
      const neighbours = this.#byOrigin.get(key)
      neighbours?.delete(session.id)
      if (neighbours?.size === 0) this.#byOrigin.delete(key)
    }
  }

  /** The longest without a socket first. */
  inOrder(): Iterable<Member> {
    return this.#all.values()
  }

  /** The longest without a socket of those from an address or a site. */
  oldestOf(key: string): Member | undefined {
    return this.#byOrigin.get(key)?.values().next().value
  }
}

/** What an address is counted by: itself, and the site that it is part of. */
export function keysOf(address: Origin | undefined): readonly string[] {
  if (address === undefined) return []
  return address.site === undefined ? [address.block] : [address.block, address.site]
}
