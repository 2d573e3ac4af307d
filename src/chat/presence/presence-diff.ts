import type { Member } from "./member.ts"

/** Who came and who left since the last announcement, each user once. */
export class PresenceDiff {
  #joined = new Map<string, Member>()
  #left = new Set<string>()

  /** Notes how a user is now. */
  add(member: Member): void {
    if (member.online) {
      this.#joined.set(member.id, member)
      this.#left.delete(member.id)
    } else {
      this.#joined.delete(member.id)
      this.#left.add(member.id)
    }
  }

  /** What there is, and begins anew. */
  take(): { readonly joined: readonly Member[]; readonly left: readonly string[] } {
    const news = { joined: [...this.#joined.values()], left: [...this.#left] }
    this.#joined = new Map()
    this.#left = new Set()
    return news
  }
}
