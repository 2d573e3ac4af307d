import { Conversation, type Entry, type Person } from "./conversation.ts"
import type { Message } from "./message.ts"
import { Numbers } from "./numbers.ts"

export interface JournalBounds {
  /** Messages over all conversations; 0 for no bound. */
  readonly messages: number
  /** Bytes of content over all conversations; 0 for no bound. */
  readonly bytes: number
}

/** What a session remembers: its messages over all conversations, numbered, bounded in count and bytes. */
export class Journal {
  readonly conversations = new Map<string, Conversation>()
  #count = 0
  #bytes = 0
  #newestEvicted = 0

  constructor(
    readonly bounds: JournalBounds,
    readonly numbers = new Numbers(),
  ) {}

  /** The newest number given; 0 before the first. */
  get seq(): number {
    return this.numbers.newest
  }

  /** Counts a message without keeping it, for a session that nobody can resume. */
  skip(): number {
    return this.numbers.next()
  }

  with(peer: Person): Conversation {
    let conversation = this.conversations.get(peer.id)
    if (conversation === undefined) {
      conversation = new Conversation(peer)
      this.conversations.set(peer.id, conversation)
    }
    return conversation
  }

  /** Keeps a message; `shed` is due then. */
  append(conversation: Conversation, message: Message, own: boolean, clientId?: string): Entry {
    const entry: Entry = { type: "message", seq: this.numbers.next(), message, own, clientId }
    conversation.entries.push(entry)
    conversation.bytes += message.bytes
    this.#count++
    this.#bytes += message.bytes
    return entry
  }

  /** Lets go of what is above the bounds, and answers it. */
  shed(): readonly Entry[] {
    return this.#overfull ? this.#evict() : nothing
  }

  /** Keeps the place of a message, and drops what it said. */
  redact(conversation: Conversation, entry: Entry): Entry {
    const redacted: Entry = { ...entry, message: entry.message.withoutContent() }
    conversation.entries[conversation.entries.indexOf(entry)] = redacted
    conversation.bytes -= entry.message.bytes
    this.#bytes -= entry.message.bytes
    conversation.reactions.delete(entry.message.id)
    return redacted
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

  get #overfull(): boolean {
    const { messages, bytes } = this.bounds
    return (messages > 0 && this.#count > messages) || (bytes > 0 && this.#bytes > bytes)
  }

  /** The largest conversation pays, so that a flood costs only itself. */
  #evict(): Entry[] {
    const evicted: Entry[] = []
    while (this.#overfull) {
      const conversation = this.#largest()
      const entry = conversation?.entries.shift()
      if (conversation === undefined || entry === undefined) break
      conversation.bytes -= entry.message.bytes
      conversation.truncated = true
      if (conversation.entries.length === 0) this.conversations.delete(conversation.peer.id)
      conversation.forget(entry.message.id)
      this.#count--
      this.#bytes -= entry.message.bytes
      this.#newestEvicted = Math.max(this.#newestEvicted, entry.seq)
      evicted.push(entry)
    }
    return evicted
  }

  #largest(): Conversation | undefined {
    const byBytes = this.bounds.bytes > 0 && this.#bytes > this.bounds.bytes
    let largest: Conversation | undefined
    for (const each of this.conversations.values()) {
      if (
        largest === undefined ||
        (byBytes ? each.bytes > largest.bytes : each.entries.length > largest.entries.length)
      ) {
        largest = each
      }
    }
    return largest
  }
}

const nothing: readonly Entry[] = []
