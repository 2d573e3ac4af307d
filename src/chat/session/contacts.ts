import type { Ref } from "../../actor/index.ts"
import { type Account, costs, textCost } from "../memory/memory-budget.ts"
import type { Directory } from "../presence/directory.ts"
import { personOf } from "../presence/member.ts"
import type { PresenceMessage } from "../presence/presence-message.ts"
import type { Refusal } from "../refusal.ts"
import type { Conversation, Person } from "./delivery/conversation.ts"
import type { Journal } from "./delivery/journal.ts"
import type { Suppressed } from "./delivery/suppressed.ts"
import type { SessionMessage } from "./session-message.ts"
import type { ContactsState } from "./session-state.ts"

/** Users that one session may ask to hear of, beside those it talks with. */
const watchedAtMost = 100

const blockedAtMost = 500

export const tooManyBlocked: Refusal = { reason: "too-many-blocked", bound: blockedAtMost }

export const tooManyWatched: Refusal = { reason: "too-many-watched", bound: watchedAtMost }

export interface ContactsParts {
  readonly account: Account
  readonly journal: Journal
  readonly directory: Pick<Directory, "find">
  /** Tells of users who are watched, now and whenever they come or go. */
  readonly presence: Ref<PresenceMessage>
  /** The session that is told so. */
  readonly watcher: Ref<SessionMessage>
  /** Of users who may still wait for a word on what they said while blocked. */
  readonly suppressed: Suppressed
}

/** Whom a session knows: those it talks with, those it watches, and those it would not hear. */
export class Contacts {
  readonly #watched = new Map<string, Person | undefined>()
  readonly #blocked = new Map<string, Person>()

  constructor(readonly parts: ContactsParts) {}

  /** The conversation with a peer; those talked with are watched. */
  conversation(peerId: string, peer?: Person): Conversation {
    const { directory, journal } = this.parts
    const known = journal.conversations.get(peerId)
    if (known !== undefined) return known
    this.#tell("watch", [peerId])
    return journal.with(peer ?? personOf(peerId, directory.find(peerId)))
  }

  /** Nothing of this conversation is held any more: its peer is watched only where that was asked for. */
  ended({ peer }: Conversation): void {
    if (!this.#watched.has(peer.id)) this.#tell("unwatch", [peer.id])
  }

  /** Says whether that is not too many. */
  watch(userIds: readonly string[]): boolean {
    const more = [...new Set(userIds)].filter((id) => !this.#watched.has(id))
    if (this.#watched.size + more.length > watchedAtMost) return false
    for (const id of more) this.#watched.set(id, undefined)
    this.parts.account.charge(more.length * costs.watch)
    this.#tell("watch", userIds)
    return true
  }

  unwatch(userIds: readonly string[]): void {
    const gone = userIds.filter((id) => this.#unwatch(id) && !this.parts.journal.conversations.has(id))
    if (gone.length > 0) this.#tell("unwatch", gone)
  }

  /** Notes how somebody is; a name once known is kept when they are gone. Nothing when nobody asked. */
  meet(person: Person): Person | undefined {
    const { account, journal } = this.parts
    const conversation = journal.conversations.get(person.id)
    const isWatched = this.#watched.has(person.id)
    const watched = this.#watched.get(person.id)
    const known = conversation?.peer ?? watched
    const met: Person = { ...person, name: person.name || known?.name || "" }
    if (conversation !== undefined) {
      account.chargeJournal(textCost(met.name) - textCost(conversation.peer.name))
      conversation.peer = met
    }
    if (isWatched) {
      account.charge(textCost(met.name) - textCost(watched?.name ?? ""))
      this.#watched.set(person.id, met)
    }
    return conversation !== undefined || isWatched ? met : undefined
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
    if (this.#blocked.has(userId)) return true
    if (this.#blocked.size + this.#unblocked() >= blockedAtMost) return false
    const { account, directory, journal } = this.parts
    const peer = journal.conversations.get(userId)?.peer ?? personOf(userId, directory.find(userId))
    this.#blocked.set(userId, peer)
    account.charge(blockCost(peer))
    return true
  }

  unblock(userId: string): void {
    const peer = this.#blocked.get(userId)
    if (peer === undefined) return
    this.#blocked.delete(userId)
    this.parts.account.charge(-blockCost(peer))
  }

  get blocked(): readonly Person[] {
    return [...this.#blocked.values()]
  }

  save(): ContactsState {
    const watched = [...this.#watched].map(([id, person]) => ({ id, person }))
    return { watched, blocked: this.blocked }
  }

  /** Takes in what was saved, once the journal is filled, and watches everyone anew. */
  load({ watched, blocked }: ContactsState): void {
    const { account, journal } = this.parts
    for (const { id, person } of watched) {
      this.#watched.set(id, person)
      account.charge(costs.watch + textCost(person?.name ?? ""))
    }
    for (const person of blocked) {
      this.#blocked.set(person.id, person)
      account.charge(blockCost(person))
    }
    const known = new Set([...journal.conversations.keys(), ...this.#watched.keys()])
    if (known.size > 0) this.#tell("watch", [...known])
  }

  /** Unblocked users with suppressed messages, which are remembered until their sessions end. */
  #unblocked(): number {
    let count = 0
    for (const userId of this.parts.suppressed.senders()) if (!this.#blocked.has(userId)) count++
    return count
  }

  #tell(type: "watch" | "unwatch", userIds: readonly string[]): void {
    const { presence, watcher } = this.parts
    presence.signal({ type, userIds, watcher })
  }

  #unwatch(userId: string): boolean {
    const name = this.#watched.get(userId)?.name ?? ""
    if (!this.#watched.delete(userId)) return false
    this.parts.account.charge(-costs.watch - textCost(name))
    return true
  }
}

function blockCost({ name }: Person): number {
  return costs.block + textCost(name)
}
