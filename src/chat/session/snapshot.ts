import type { Conversation, Entry, Person, Progress, Reactions, Talk } from "./delivery/conversation.ts"
import type { MessageRanges } from "./delivery/message-ranges.ts"
import type { Undelivered, UndeliveredReason } from "./delivery/undelivered.ts"

/** Messages of a conversation that a page gets at once. */
export const linesAtOnce = 50

/** A session as a page shows it, taken within one turn of the actor. */
export interface Snapshot {
  readonly me: Person
  readonly seq: number
  readonly epoch: string
  /** All, newest first. */
  readonly talks: readonly Talk[]
  readonly open: OpenTalk | undefined
  readonly blocked: readonly Person[]
}

/** A part of a conversation: its newest messages, or those before one of them. */
export interface OpenTalk {
  readonly peer: Person
  /** In the order of their numbers, `linesAtOnce` at most. */
  readonly entries: readonly Entry[]
  /** Whether messages before these are held. */
  readonly earlier: boolean
  /** Whether messages before all that are held are gone. */
  readonly truncated: boolean
  /** Messages from the peer not yet seen, in all of the conversation, and the first of them. */
  readonly unread: number
  readonly firstUnread: string | undefined
  readonly undelivered: ReadonlyMap<string, UndeliveredReason>
  readonly reactions: ReadonlyMap<string, Reactions>
  /** What messages say that are answered here and stand before these, by id. */
  readonly answered: ReadonlyMap<string, string>
  readonly progress: ReadonlyMap<Progress, string>
  /** Own messages that no progress covers. */
  readonly suppressed: MessageRanges | undefined
}

/** A copy that the session no longer changes, of what a page shows and no more. */
export function openTalkOf(
  conversation: Conversation | undefined,
  undelivered: Undelivered,
  before?: string,
): OpenTalk | undefined {
  if (conversation === undefined) return undefined
  const { peer, truncated, unread, firstUnread, suppressed } = conversation
  const end = before === undefined ? conversation.entries.length : conversation.indexOf(before)
  const start = Math.max(0, end - linesAtOnce)
  const entries = conversation.entries.slice(start, Math.max(0, end))
  return {
    peer,
    entries,
    earlier: start > 0,
    // What is not held has nothing before it that is: the oldest go first, and a session begins with nothing.
    truncated: truncated || end < 0,
    unread,
    firstUnread,
    undelivered: undeliveredAmong(entries, undelivered),
    reactions: reactionsAmong(entries, conversation.reactions),
    answered: answeredBy(entries, conversation),
    progress: new Map(conversation.progress),
    suppressed,
  }
}

function undeliveredAmong(
  entries: readonly Entry[],
  undelivered: Undelivered,
): ReadonlyMap<string, UndeliveredReason> {
  const reasons = new Map<string, UndeliveredReason>()
  for (const { own, message } of entries) {
    const loss = own ? undelivered.find(message.id) : undefined
    if (loss !== undefined) reasons.set(message.id, loss.reason)
  }
  return reasons
}

function reactionsAmong(
  entries: readonly Entry[],
  all: ReadonlyMap<string, Reactions>,
): ReadonlyMap<string, Reactions> {
  const some = new Map<string, Reactions>()
  if (all.size === 0) return some
  for (const { message } of entries) {
    const reactions = all.get(message.id)
    if (reactions !== undefined) some.set(message.id, reactions)
  }
  return some
}

/** Found in one pass over the conversation, which is made only where something is answered. */
function answeredBy(entries: readonly Entry[], { entries: all }: Conversation): ReadonlyMap<string, string> {
  const wanted = new Set<string>()
  for (const { message } of entries) if (message.replyTo !== undefined) wanted.add(message.replyTo)
  for (const { message } of entries) wanted.delete(message.id)
  const answered = new Map<string, string>()
  if (wanted.size === 0) return answered
  for (const { message } of all)
    if (wanted.has(message.id) && !message.unsent) answered.set(message.id, message.content)
  return answered
}
