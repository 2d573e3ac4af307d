import type { Conversation, Person } from "./conversation.ts"
import type { Refusal } from "./errors.ts"
import type { Journal } from "./journal.ts"
import { personOf } from "./member.ts"
import type { Post } from "./post.ts"

/** Users that one session may ask to hear of, beside those it talks with. */
const watchedAtMost = 100

const blockedAtMost = 500

export const tooManyBlocked: Refusal = {
  type: "error",
  code: "bad_frame",
  message: `At most ${blockedAtMost} users can be blocked: unblock some first.`,
}

export const tooManyWatched: Refusal = {
  type: "error",
  code: "bad_frame",
  message: `At most ${watchedAtMost} users can be watched: unwatch some first.`,
}

export interface AcquaintanceParts {
  readonly journal: Journal
  readonly post: Post
  /** Has presence tell of these users, now and whenever they come or go. */
  watch(userIds: readonly string[]): void
  unwatch(userIds: readonly string[]): void
}

/** Whom a session knows: those it talks with, those it watches, and those it would not hear. */
export class Acquaintances {
  readonly #watched = new Map<string, Person | undefined>()
  readonly #blocked = new Map<string, Person>()

  constructor(readonly parts: AcquaintanceParts) {}

  /** The conversation with a peer; those talked with are watched. */
  conversation(peerId: string, peer?: Person): Conversation {
    const { journal, post } = this.parts
    const known = journal.conversations.get(peerId)
    if (known !== undefined) return known
    this.parts.watch([peerId])
    return journal.with(peer ?? personOf(peerId, post.find(peerId)))
  }

  /** Says whether that is not too many. */
  watch(userIds: readonly string[]): boolean {
    const more = userIds.filter((id) => !this.#watched.has(id))
    if (this.#watched.size + more.length > watchedAtMost) return false
    for (const id of more) this.#watched.set(id, undefined)
    this.parts.watch(userIds)
    return true
  }

  unwatch(userIds: readonly string[]): void {
    const gone = userIds.filter((id) => this.#watched.delete(id) && !this.parts.journal.conversations.has(id))
    if (gone.length > 0) this.parts.unwatch(gone)
  }

  /** Notes how somebody is; a name once known is kept when they are gone. Nothing when nobody asked. */
  meet(person: Person): Person | undefined {
    const conversation = this.parts.journal.conversations.get(person.id)
    const known = conversation?.peer ?? this.#watched.get(person.id)
    const met: Person = { ...person, name: person.name || known?.name || "" }
    if (conversation !== undefined) conversation.peer = met
    if (this.#watched.has(person.id)) this.#watched.set(person.id, met)
    return conversation !== undefined || this.#watched.has(person.id) ? met : undefined
  }

  /** Those watched, and of those talked with the latest, each once. */
  *known(): Iterable<Person> {
    const { conversations } = this.parts.journal
    for (const { peer } of [...conversations.values()].slice(-watchedAtMost)) yield peer
    for (const [id, person] of this.#watched) if (person !== undefined && !conversations.has(id)) yield person
  }

  isBlocked(userId: string): boolean {
    return this.#blocked.size > 0 && this.#blocked.has(userId)
  }

  /** Says whether that is not too many. */
  block(userId: string): boolean {
    if (this.#blocked.size >= blockedAtMost) return false
    const { journal, post } = this.parts
    const peer = journal.conversations.get(userId)?.peer
    this.#blocked.set(userId, peer ?? personOf(userId, post.find(userId)))
    return true
  }

  unblock(userId: string): void {
    this.#blocked.delete(userId)
  }

  get blocked(): readonly Person[] {
    return [...this.#blocked.values()]
  }
}
