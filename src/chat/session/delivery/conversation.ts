import { Message } from "../../message.ts"
import type { ConversationState, EntryState } from "../session-state.ts"
import type { MessageRanges } from "./message-ranges.ts"

/** A peer, as last heard of. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly online: boolean
  /** Online, and not at hand. */
  readonly away: boolean
  /** Their session has ended: nothing reaches them. Who is merely offline still receives, and may be back. */
  readonly gone: boolean
  /** Somebody else online has a name that looks like theirs: their mark tells them apart. */
  readonly double?: boolean
}

/** One message in a journal, and the event of it that outlets are told: now, and again by a replay. */
export interface Entry {
  readonly type: "message"
  /** Position in the session's journal, from 1. */
  readonly seq: number
  readonly message: Message
  readonly own: boolean
  readonly clientId: string | undefined
}

/** A conversation in one line, for lists. */
export interface Talk {
  readonly peer: Person
  readonly last: Entry | undefined
  readonly unread: number
}

/** How far an own message has come; each holds for all before it, but for those that are undelivered or suppressed. */
export type Progress = "delivered" | "seen"

/** Who reacted with what: one emoji a person. */
export type Reactions = ReadonlyMap<string, string>

/** What a session holds of its talk with one peer. The journal appends and evicts; the rest is marks. */
export class Conversation {
  /** Ascending by `seq`. */
  readonly entries: Entry[] = []
  bytes = 0
  /** Whether older entries were evicted. */
  truncated = false
  /** By message id. */
  readonly reactions = new Map<string, Reactions>()
  /** The newest own message that has come so far, by its id. */
  readonly progress = new Map<Progress, string>()
  /** Own messages that the peer never hears, for they were said while blocked. */
  suppressed: MessageRanges | undefined
  #seenSeq = 0

  constructor(public peer: Person) {}

  find(messageId: string): Entry | undefined {
    return this.entries.findLast((entry) => entry.message.id === messageId)
  }

  /** Where a message stands in `entries`; -1 when it is not held. */
  indexOf(messageId: string): number {
    return this.entries.findLastIndex((entry) => entry.message.id === messageId)
  }

  /** Marks the peer's messages up to `messageId` as seen; says whether that was news. */
  see(messageId: string): boolean {
    const entry = this.find(messageId)
    if (entry === undefined || entry.own || entry.seq <= this.#seenSeq) return false
    this.#seenSeq = entry.seq
    return true
  }

  /** Notes how far the own messages have come; says whether that was news. */
  advance(progress: Progress, messageId: string, suppressed: MessageRanges | undefined): boolean {
    this.suppressed = suppressed
    const before = this.progress.get(progress)
    if (before !== undefined && messageId <= before) return false
    this.progress.set(progress, messageId)
    return true
  }

  /** Sets or, with `null`, takes back somebody's reaction. */
  react(messageId: string, userId: string, emoji: string | null): Reactions {
    const reactions = new Map(this.reactions.get(messageId))
    if (emoji === null) reactions.delete(userId)
    else reactions.set(userId, emoji)
    this.reactions.set(messageId, reactions)
    return reactions
  }

  get unread(): number {
    let count = 0
    for (let i = this.entries.length - 1; i >= 0; i--) {
      const entry = this.entries[i]
      if (entry === undefined || entry.seq <= this.#seenSeq) break
      if (!entry.own) count++
    }
    return count
  }

  /** The first message that is unread, by its id. */
  get firstUnread(): string | undefined {
    let first: string | undefined
    for (let i = this.entries.length - 1; i >= 0; i--) {
      const entry = this.entries[i]
      if (entry === undefined || entry.seq <= this.#seenSeq) break
      if (!entry.own) first = entry.message.id
    }
    return first
  }

  save(): ConversationState {
    const { peer, truncated, suppressed } = this
    return {
      peer,
      entries: this.entries.map(saveEntry),
      truncated,
      seenSeq: this.#seenSeq,
      reactions: [...this.reactions].map(([messageId, each]) => [messageId, [...each]]),
      progress: [...this.progress],
      suppressed,
    }
  }

  /** Marks a conversation whose entries are there already as it was saved. */
  load({ truncated, seenSeq, reactions, progress, suppressed }: ConversationState): void {
    this.truncated = truncated
    this.#seenSeq = seenSeq
    for (const [messageId, each] of reactions) this.reactions.set(messageId, new Map(each))
    for (const [step, messageId] of progress) this.progress.set(step, messageId)
    this.suppressed = suppressed
  }

  get talk(): Talk {
    return { peer: this.peer, last: this.entries.at(-1), unread: this.unread }
  }
}

function saveEntry({ seq, own, message, clientId }: Entry): EntryState {
  const { id, at, content, unsent, replyTo } = message
  return { seq, own, id, at, content, unsent, replyTo, clientId }
}

/** An entry as it was saved in a user's conversation with a peer. */
export function loadEntry(state: EntryState, userId: string, peerId: string): Entry {
  const { seq, own, id, at, content, unsent, replyTo, clientId } = state
  const [senderId, receiverId] = own ? [userId, peerId] : [peerId, userId]
  const bytes = Buffer.byteLength(content)
  const message = new Message(id, senderId, receiverId, content, at, bytes, replyTo, unsent)
  return { type: "message", seq, message, own, clientId }
}
