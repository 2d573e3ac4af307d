import { Account, costs, textCost } from "../../memory/memory-budget.ts"
import type { Message } from "../../message.ts"
import type { JournalState } from "../session-state.ts"
import { Conversation, type Entry, loadEntry, type Person, type Reactions } from "./conversation.ts"

export interface JournalBounds {
  /** Messages over all conversations; 0 for no bound. */
  readonly messages: number
  /** Bytes of content over all conversations; 0 for no bound. */
  readonly bytes: number
}

/** What a journal let go of. */
export interface Evicted {
  readonly entries: readonly Entry[]
  /** Those of which nothing is held any more. */
  readonly conversations: readonly Conversation[]
}

/** What a session remembers: its messages over all conversations, numbered, bounded in count and bytes. */
export class Journal {
  readonly conversations = new Map<string, Conversation>()
  #seq = 0
  #count = 0
  #bytes = 0
  #newestEvicted = 0

  constructor(
    readonly bounds: JournalBounds,
    readonly account = new Account(),
  ) {}

  /** The newest number given; 0 before the first. */
  get seq(): number {
    return this.#seq
  }

  /** Counts a message without keeping it, for a session that nobody can resume. */
  skip(): number {
    return ++this.#seq
  }

  with(peer: Person): Conversation {
    let conversation = this.conversations.get(peer.id)
    if (conversation === undefined) {
      conversation = new Conversation(peer)
      this.conversations.set(peer.id, conversation)
      this.account.chargeJournal(costs.conversation + textCost(peer.name))
    }
    return conversation
  }

  /** Keeps a message; `shed` is due then. */
  append(conversation: Conversation, message: Message, own: boolean, clientId?: string): Entry {
    const entry: Entry = { type: "message", seq: ++this.#seq, message, own, clientId }
    this.#add(conversation, entry)
    return entry
  }

  /** Lets go of what is above the bounds, and answers it. */
  shed(): Evicted {
    return this.#overfull ? this.#evict(() => this.#overfull) : nothing
  }

  /** Lets go of as much as gives `bytes` back, as far as there is any, and answers it. */
  release(bytes: number): Evicted {
    const target = this.account.bytes - bytes
    return this.#evict(() => this.account.bytes > target)
  }

  /** Keeps the place of a message, and drops what it said. */
  redact(conversation: Conversation, entry: Entry): Entry {
    const redacted: Entry = { ...entry, message: entry.message.withoutContent() }
    conversation.entries[conversation.entries.indexOf(entry)] = redacted
    conversation.bytes -= entry.message.bytes
    this.#bytes -= entry.message.bytes
    this.account.chargeJournal(costOf(redacted) - costOf(entry))
    this.#forgetReactions(conversation, entry)
    return redacted
  }

  /** Sets or, with `null`, takes back somebody's reaction. */
  react(conversation: Conversation, messageId: string, userId: string, emoji: string | null): Reactions {
    if (!conversation.reactions.has(messageId)) this.account.chargeJournal(costs.reactions)
    return conversation.react(messageId, userId, emoji)
  }

  /** Entries after `seq`, ascending; `"gap"` when one of them is gone: a resume is whole or says so. */
  since(seq: number): Entry[] | "gap" {
    return seq < this.#newestEvicted ? "gap" : this.held(seq)
  }

  /** All entries above `seq` that are still held, ascending. */
  held(seq = 0): Entry[] {
    const entries: Entry[] = []
    for (const conversation of this.conversations.values()) {
      for (let i = conversation.entries.length - 1; i >= 0; i--) {
        const entry = conversation.entries[i]
        if (entry === undefined || entry.seq <= seq) break
        entries.push(entry)
      }
    }
    return entries.sort((a, b) => a.seq - b.seq)
  }

  save(): JournalState {
    const conversations = [...this.conversations.values()].map((each) => each.save())
    return { seq: this.#seq, newestEvicted: this.#newestEvicted, conversations }
  }

  /** Fills an empty journal of this user with what was saved. */
  load({ seq, newestEvicted, conversations }: JournalState, userId: string): void {
    this.#seq = seq
    this.#newestEvicted = newestEvicted
    for (const state of conversations) {
      const conversation = this.with(state.peer)
      for (const entry of state.entries) {
        this.#add(conversation, loadEntry(entry, userId, state.peer.id))
      }
      conversation.load(state)
      this.account.chargeJournal(state.reactions.length * costs.reactions)
    }
  }

  #add(conversation: Conversation, entry: Entry): void {
    const { bytes } = entry.message
    conversation.entries.push(entry)
    conversation.bytes += bytes
    this.#count++
    this.#bytes += bytes
    this.account.chargeJournal(costOf(entry))
  }

  get #overfull(): boolean {
    const { messages, bytes } = this.bounds
    return (
      (messages > 0 && this.#count > messages) || (bytes > 0 && this.#bytes > bytes) || this.account.isOver
    )
  }

  /** What is too much decides what is large. */
  get #sizeOf(): (conversation: Conversation) => number {
    const { messages, bytes } = this.bounds
    if (bytes > 0 && this.#bytes > bytes) return (conversation) => conversation.bytes
    if (messages > 0 && this.#count > messages) return ({ entries }) => entries.length
    return (conversation) => conversation.bytes + conversation.entries.length * costs.entry
  }

  /** The largest conversation pays, so that a flood costs only itself. */
  #evict(isTooMuch: () => boolean): Evicted {
    const entries: Entry[] = []
    const conversations: Conversation[] = []
    while (isTooMuch()) {
      const conversation = this.#largest()
      const entry = conversation?.entries.shift()
      if (conversation === undefined || entry === undefined) break
      conversation.bytes -= entry.message.bytes
      conversation.truncated = true
      this.#forgetReactions(conversation, entry)
      if (conversation.entries.length === 0) {
        this.#forget(conversation)
        conversations.push(conversation)
      }
      this.account.chargeJournal(-costOf(entry))
      this.#count--
      this.#bytes -= entry.message.bytes
      this.#newestEvicted = Math.max(this.#newestEvicted, entry.seq)
      entries.push(entry)
    }
    return { entries, conversations }
  }

  #forget(conversation: Conversation): void {
    this.conversations.delete(conversation.peer.id)
    this.account.chargeJournal(-costs.conversation - textCost(conversation.peer.name))
  }

  #forgetReactions(conversation: Conversation, { message }: Entry): void {
    if (conversation.reactions.delete(message.id)) this.account.chargeJournal(-costs.reactions)
  }

  #largest(): Conversation | undefined {
    const sizeOf = this.#sizeOf
    let largest: Conversation | undefined
    let most = -1
    for (const each of this.conversations.values()) {
      const size = sizeOf(each)
      if (size > most) [largest, most] = [each, size]
    }
    return largest
  }
}

const nothing: Evicted = { entries: [], conversations: [] }

function costOf({ message, clientId = "" }: Entry): number {
  const { content, bytes, replyTo = "" } = message
  return costs.entry + textCost(content, bytes) + textCost(clientId) + textCost(replyTo)
}
