import type { UndeliveredReason } from "../src/wire/error-codes.ts"
import type { DuetError } from "./errors.ts"

/** One message, received or sent. */
export interface Message {
  /** Its number in this user's session; ascending. */
  readonly seq: number
  /** UUIDv7, the same on both sides. */
  readonly id: string
  readonly senderId: string
  readonly receiverId: string
  /** The other side of the conversation. */
  readonly peerId: string
  /** Whether this user sent it, here or on another socket. */
  readonly mine: boolean
  /** Empty when it was unsent before it came here. */
  readonly content: string
  /** When the server accepted it: ISO 8601, UTC. */
  readonly timestamp: string
  /** The id of the message that this answers. */
  readonly replyTo?: string
}

/** How far a message of one's own has come. */
export interface Tick {
  readonly peerId: string
  readonly messageId: string
  readonly status: "sent" | "delivered" | "seen" | "undelivered"
  /** Why it is undelivered; `lost`: the session ended before its fate was known. */
  readonly reason?: UndeliveredReason | "lost"
}

/** A message of either side changed. */
export interface MessageChange {
  readonly peerId: string
  readonly messageId: string
  /** All reactions that it has now, one per person. */
  readonly reactions?: readonly { readonly userId: string; readonly emoji: string }[]
  readonly unsent?: true
}

export interface Person {
  readonly id: string
  readonly name: string
}

export interface Presence extends Person {
  readonly status: "online" | "away" | "offline"
}

/** The people online, as far as they are known. */
export interface People {
  readonly list: readonly Person[]
  /** How many are online; the list names at least the latest 200 of them. */
  readonly total: number
}

export interface Opening {
  readonly userId: string
  readonly name: string
  /** False: a new session with nothing in it, although there may have been one before. */
  readonly resumed: boolean
}

/** The events that a program can listen to. */
export interface DuetEvents {
  /** Joined, or came back; missed messages follow as `message`. */
  open: Opening
  /** The connection is gone; the next attempt is `retryInMs` milliseconds away. */
  lost: { readonly code: number; readonly reason: string; readonly retryInMs: number }
  /** The client has ended, and why; no event follows. */
  closed: DuetError
  /** Each message once, in order: those of others, and those that this user sent on any socket. */
  message: Message
  /** Each step of each message of one's own, once. */
  tick: Tick
  change: MessageChange
  typing: { readonly userId: string; readonly isTyping: boolean }
  /** Of users one talks with or watches. */
  presence: Presence
  people: People
  /** The server no longer holds messages with a `seq` below `from`, and some of them never came: drop those that were shown. */
  resync: { readonly from: number }
  /** Something other than a message was refused. */
  error: DuetError
}
