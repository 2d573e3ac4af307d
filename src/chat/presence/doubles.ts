import type { Member } from "./member.ts"

/** Who online has a name that looks like another's: while both are, both are shown with their marks. */
export class Doubles {
  readonly #byLooks = new Map<string, Set<Member>>()
  #changed = new Set<Member>()

  /** How many looks there are. */
  get size(): number {
    return this.#byLooks.size
  }

  add(member: Member): void {
    for (const looks of member.looks) {
      const alike = this.#byLooks.get(looks) ?? new Set()
      this.#byLooks.set(looks, alike.add(member))
      if (alike.size === 1) continue
      member.double = true
      // A third one changes nothing for those before.
      if (alike.size === 2) for (const each of alike) if (each !== member) this.#look(each)
    }
  }

  remove(member: Member): void {
    for (const looks of member.looks) {
      const alike = this.#byLooks.get(looks)
      if (!alike?.delete(member)) continue
      if (alike.size === 0) this.#byLooks.delete(looks)
      if (alike.size === 1) for (const last of alike) this.#look(last)
    }
    member.double = false
  }

  /** Those online who became or ceased to be doubles by somebody else, since they were last asked for. */
  take(): readonly Member[] {
    if (this.#changed.size === 0) return []
    const changed = [...this.#changed].filter(({ online }) => online)
    this.#changed = new Set()
    return changed
  }

  #look(member: Member): void {
    const double = member.looks.some((looks) => (this.#byLooks.get(looks)?.size ?? 0) > 1)
    if (double === member.double) return
    member.double = double
    this.#changed.add(member)
  }
}
