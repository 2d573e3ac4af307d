import type { Origin } from "../presence-message.ts"
import type { LocalSession } from "./local-post.ts"

/** The sessions without a socket, the longest without one first; all together and by where they came from. */
export class WaitingSessions {
  readonly #all = new Map<number, LocalSession>()
  readonly #byOrigin = new Map<string, Map<number, LocalSession>>()

  add(session: LocalSession): void {
    const { address, ref } = session
    this.remove(session)
    this.#all.set(ref.id, session)
    for (const key of keysOf(address)) {
      const neighbours = this.#byOrigin.get(key) ?? new Map<number, LocalSession>()
      this.#byOrigin.set(key, neighbours.set(ref.id, session))
    }
  }

  remove({ address, ref }: LocalSession): void {
    if (!this.#all.delete(ref.id)) return
    for (const key of keysOf(address)) {
      const neighbours = this.#byOrigin.get(key)
      neighbours?.delete(ref.id)
      if (neighbours?.size === 0) this.#byOrigin.delete(key)
    }
  }

  /** The longest without a socket first. */
  inOrder(): Iterable<LocalSession> {
    return this.#all.values()
  }

  /** The longest without a socket of those from an address or a site. */
  oldestOf(key: string): LocalSession | undefined {
    return this.#byOrigin.get(key)?.values().next().value
  }
}

/** What an address is counted by: itself, and the site that it is part of. */
export function keysOf(address: Origin | undefined): readonly string[] {
  if (address === undefined) return []
  return address.site === undefined ? [address.block] : [address.block, address.site]
}
