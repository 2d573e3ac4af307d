import type { Conversation, Entry, Person, Progress, Reactions, Talk } from "./conversation.ts"
import type { UndeliveredReason } from "./errors.ts"
import type { Losses } from "./losses.ts"
import type { Runs } from "./runs.ts"

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
  /** In the order said, `linesAtOnce` at most. */
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
  readonly unheard: Runs | undefined
}

/** A copy that the session no longer changes, of what a page shows and no more. */
export function openTalkOf(
  conversation: Conversation | undefined,
  losses: Losses,
  before?: string,
): OpenTalk | undefined {
  if (conversation === undefined) return undefined
  const { peer, truncated, unread, firstUnread, unheard } = conversation
  const newest = newestOf(conversation.entries, linesAtOnce + 1, before)
  const entries = newest.slice(-linesAtOnce)
  return {
    peer,
    entries,
    earlier: newest.length > entries.length,
    // Of a page that is older than this session everything is gone.
    truncated: truncated || (before !== undefined && conversation.find(before) === undefined),
    unread,
    firstUnread,
    undelivered: lossesAmong(entries, losses),
    reactions: reactionsAmong(entries, conversation.reactions),
    answered: answeredBy(entries, conversation),
    progress: new Map(conversation.progress),
    unheard,
  }
}

/**
 * The last `count` of those said before a message, in the order said: ids ascend in time. They lie nearly so, for two
 * who write at once hear each other late; looking at each once costs less than a copy that is sorted.
 */
function newestOf(entries: readonly Entry[], count: number, before?: string): Entry[] {
  const newest: Entry[] = []
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i]
    if (entry === undefined || (before !== undefined && entry.message.id >= before)) continue
    insert(newest, entry)
    if (newest.length > count) newest.pop()
  }
  return newest.reverse()
}

/** Newest first. */
function insert(newest: Entry[], entry: Entry): void {
  let at = newest.length
  while (at > 0 && isEarlier(newest[at - 1], entry)) at--
  if (at === newest.length) newest.push(entry)
  else newest.splice(at, 0, entry)
}

function isEarlier(one: Entry | undefined, other: Entry): boolean {
  return one !== undefined && one.message.id < other.message.id
}

function lossesAmong(entries: readonly Entry[], losses: Losses): ReadonlyMap<string, UndeliveredReason> {
  const reasons = new Map<string, UndeliveredReason>()
  for (const { own, message } of entries) {
    const loss = own ? losses.find(message.id) : undefined
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
  const first = entries[0]?.message.id ?? ""
  const wanted = new Set<string>()
  for (const { message } of entries)
    if (message.replyTo !== undefined && message.replyTo < first) wanted.add(message.replyTo)
  const answered = new Map<string, string>()
  if (wanted.size === 0) return answered
  for (const { message } of all)
    if (wanted.has(message.id) && !message.unsent) answered.set(message.id, message.content)
  return answered
}
