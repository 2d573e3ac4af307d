import type { Member } from "./member.ts"

/** The sessions without a socket, the longest without one first; all together and by the address they came from. */
export class WaitingSessions {
  readonly #all = new Map<number, Member>()
  readonly #byAddress = new Map<string, Map<number, Member>>()

  add(member: Member): void {
    const { address, session } = member
    this.remove(member)
    this.#all.set(session.id, member)
    if (address === undefined) return
    const neighbours = this.#byAddress.get(address) ?? new Map<number, Member>()
    this.#byAddress.set(address, neighbours.set(session.id, member))
  }

  remove({ address, session }: Member): void {
    if (!this.#all.delete(session.id) || address === undefined) return
    const neighbours = this.#byAddress.get(address)
    neighbours?.delete(session.id)
    if (neighbours?.size === 0) this.#byAddress.delete(address)
  }

  /** The longest without a socket first. */
  inOrder(): Iterable<Member> {
    return this.#all.values()
  }

  oldestOf(address: string): Member | undefined {
    return this.#byAddress.get(address)?.values().next().value
  }
}
