import type { Conversation, Entry, Person, Progress, Reactions, Talk } from "./conversation.ts"
import type { UndeliveredReason } from "./errors.ts"
import type { Losses } from "./losses.ts"
import type { Runs } from "./runs.ts"

/** A session as a page shows it, taken within one turn of the actor. */
export interface Snapshot {
  readonly me: Person
  readonly seq: number
  readonly life: string
  /** All, newest first. */
  readonly talks: readonly Talk[]
  readonly open: OpenTalk | undefined
  readonly blocked: readonly Person[]
}

export interface OpenTalk {
  readonly peer: Person
  readonly entries: readonly Entry[]
  readonly truncated: boolean
  /** Messages from the peer not yet seen. */
  readonly unread: number
  readonly undelivered: ReadonlyMap<string, UndeliveredReason>
  readonly reactions: ReadonlyMap<string, Reactions>
  readonly progress: ReadonlyMap<Progress, string>
  /** Own messages that no progress covers. */
  readonly unheard: Runs | undefined
}

/** A copy that the session no longer changes. */
export function openTalkOf(conversation: Conversation | undefined, losses: Losses): OpenTalk | undefined {
  return (
    conversation && {
      peer: conversation.peer,
      entries: [...conversation.entries],
      truncated: conversation.truncated,
      unread: conversation.unread,
      undelivered: losses.with(conversation.peer.id),
      reactions: new Map(conversation.reactions),
      progress: new Map(conversation.progress),
      unheard: conversation.unheard,
    }
  )
}
