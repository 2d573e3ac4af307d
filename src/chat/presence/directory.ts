import { couldBeInName } from "../names.ts"
import { Doubles } from "./doubles.ts"
import type { Member } from "./member.ts"
import { type Found, foldCase, named, nobody, type Search, searchPeople } from "./people-search.ts"
import type { PresenceRow } from "./presence-store.ts"

/** Who is here, as data: their sessions are the post's. Presence alone adds and removes; everybody may look. */
export class Directory {
  readonly #members = new Map<string, Member>()
  /** Those to talk to whom no list names. */
  readonly #companions = new Map<string, Member>()
  /** Sessions that have had no socket yet, the oldest first. */
  readonly #unattached = new Set<Member>()
  readonly doubles = new Doubles()
  #latest: Member[] = []
  #online = 0
  #order = 0

  /** How many sessions there are, seen or unseen. */
  get size(): number {
    return this.#members.size
  }

  /** How many of the sessions have had no socket yet. */
  get unattached(): number {
    return this.#unattached.size
  }

  /** Those of them that came first. */
  oldestUnattached(count: number): Member[] {
    const oldest: Member[] = []
    for (const member of this.#unattached) {
      if (oldest.length >= count) break
      oldest.push(member)
    }
    return oldest
  }

  /** How many people lists would name. */
  get online(): number {
    return this.#online
  }

  find(userId: string): Member | undefined {
    return this.#members.get(userId) ?? this.#companions.get(userId)
  }

  /** Like `find`, for what lists may name. */
  listed(userId: string): Member | undefined {
    return this.#members.get(userId)
  }

  add(member: Member): void {
    if (!member.listed) return void this.#companions.set(member.id, member)
    this.#members.set(member.id, member)
    if (member.online) {
      this.#online++
      this.doubles.add(member)
    }
    if (!member.arrived) this.#unattached.add(member)
    this.#latest.push(member)
    this.#trim()
  }

  remove(member: Member): void {
    this.setOnline(member, false)
    member.gone = true
    if (this.#companions.get(member.id) === member) this.#companions.delete(member.id)
    if (this.#members.get(member.id) === member) this.#members.delete(member.id)
    this.#unattached.delete(member)
    this.#trim()
  }

  setOnline(member: Member, online: boolean): boolean {
    if (member.online === online) return false
    member.online = online
    member.arrived = true
    this.#unattached.delete(member)
    if (!member.listed) return true
    this.#online += online ? 1 : -1
    if (online) this.doubles.add(member)
    else this.doubles.remove(member)
    return true
  }

  rename(member: Member, name: string): void {
    const isCompared = member.listed && member.online
    if (isCompared) this.doubles.remove(member)
    Object.assign(member, named(name))
    if (isCompared) this.doubles.add(member)
  }

  /** Up to `count` of the people online, those who came last, in the order in which they came. */
  latest(count: number): Member[] {
    const found: Member[] = []
    for (let i = this.#latest.length - 1; i >= 0 && found.length < count; i--) {
      const member = this.#latest[i]
      if (member?.online) found.push(member)
    }
    return found.reverse()
  }

  /** People online whose name holds `query`, case-folded, from those who came after `after`. */
  page(query: string, limit: number, after = 0): Found {
    if (query === "") return this.#pageOfAll(limit, after)
    if (!couldBeInName(query)) return nobody
    const wanted = foldCase(query)
    const members: Member[] = []
    let total = 0
    let next: number | undefined
    for (const member of this.#latest) {
      if (!member.online || !member.folded.includes(wanted)) continue
      total++
      if (member.order <= after) continue
      if (members.length < limit) members.push(member)
      else next ??= members.at(-1)?.order
    }
    return { members, total, next }
  }

  /** People online by name, the likeliest first. */
  search(search: Search): Found {
    return searchPeople(this.#latest, search)
  }

  /** Everyone as the store is to know them. */
  *rows(): Iterable<PresenceRow> {
    for (const { id, name, online, since, arrived } of this.#members.values()) {
      if (arrived) yield { id, name, online, since }
    }
  }

  nextOrder(): number {
    return ++this.#order
  }

  /** Costs what it shows, however many are here. */
  #pageOfAll(limit: number, after: number): Found {
    const members: Member[] = []
    for (let i = this.#placeAfter(after); i < this.#latest.length; i++) {
      const member = this.#latest[i]
      if (!member?.online) continue
      if (members.length === limit) return { members, total: this.#online, next: members.at(-1)?.order }
      members.push(member)
    }
    return { members, total: this.#online, next: undefined }
  }

  /** Where in the order of arrival the first one above `order` stands. */
  #placeAfter(order: number): number {
    let [low, high] = [0, this.#latest.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#latest[middle]?.order ?? 0) > order) high = middle
      else low = middle + 1
    }
    return low
  }

  /** Those who are gone stay in the order of arrival until they are too many. */
  #trim(): void {
    if (this.#latest.length <= 64 || this.#latest.length <= this.#members.size * 2) return
    this.#latest = this.#latest.filter((member) => this.#members.get(member.id) === member)
  }
}
