import type { EpochState } from "../epoch.ts"
import type { Person, Progress } from "./delivery/conversation.ts"
import type { MessageRanges } from "./delivery/message-ranges.ts"
import type { Awaited } from "./delivery/pending-acks.ts"
import type { Loss } from "./delivery/undelivered.ts"

/**
 * A session as plain data, which passes through text unchanged: all of it but what belongs to its sockets. Left behind
 * are the sockets, how far each has caught up, what each is still to be told, the list of conversations as they show it,
 * and the address they came from. Watches of other sessions are made anew. Nothing may be told to the session between
 * its save and its load.
 */
export interface SessionState {
  readonly epoch: EpochState
  readonly availability: AvailabilityState
  readonly journal: JournalState
  readonly undelivered: readonly Loss[]
  readonly suppressed: readonly SuppressedState[]
  readonly contacts: ContactsState
  readonly delivery: DeliveryState
}

/** A session that has sockets is saved as if the last of them had just gone. */
export interface AvailabilityState {
  readonly me: Person
  /** Milliseconds until the user is shown offline; left out when they are, or never had a socket. */
  readonly graceMs: number | undefined
  /** Milliseconds until the session ends. */
  readonly windowMs: number
  /** Milliseconds until the user is away; left out when nobody sat there, or they are. */
  readonly idleMs: number | undefined
}

export interface JournalState {
  readonly seq: number
  readonly newestEvicted: number
  readonly conversations: readonly ConversationState[]
}

export interface ConversationState {
  readonly peer: Person
  readonly entries: readonly EntryState[]
  readonly truncated: boolean
  readonly seenSeq: number
  /** By message id: who reacted, and with what. */
  readonly reactions: readonly (readonly [string, readonly (readonly [string, string])[]])[]
  readonly progress: readonly (readonly [Progress, string])[]
  readonly suppressed: MessageRanges | undefined
}

/** A message: `own` tells which of the two sent it. */
export interface EntryState {
  readonly seq: number
  readonly own: boolean
  readonly id: string
  readonly at: number
  readonly content: string
  readonly unsent: boolean
  readonly replyTo: string | undefined
  readonly clientId: string | undefined
}

export interface SuppressedState {
  readonly senderId: string
  readonly runs: MessageRanges
  readonly open: boolean
}

export interface ContactsState {
  /** How each was when last heard of, if ever. */
  readonly watched: readonly { readonly id: string; readonly person: Person | undefined }[]
  readonly blocked: readonly Person[]
}

export interface DeliveryState {
  /** By peer, the ids of what is on its way to them. */
  readonly inFlight: readonly (readonly [string, readonly string[]])[]
  readonly pendingAcks: PendingAcksState
  readonly clientIds: readonly AcceptedState[]
  /** The id of the newest own message: the next one's is above it, also where the clock is behind. */
  readonly lastId: string
}

export interface PendingAcksState {
  readonly waiting: readonly Awaited[]
  readonly evicted: readonly number[]
}

export interface AcceptedState {
  readonly clientId: string
  readonly seq: number
  readonly messageId: string
  readonly receiverId: string
  readonly at: number
  readonly replyTo: string | undefined
  /** Of the content, in decimal. */
  readonly hash: string
  readonly unsent: boolean
}
