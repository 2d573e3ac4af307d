import type { Ref } from "../../actor/index.ts"
import type { Person } from "../session/delivery/conversation.ts"
import type { SessionMessage } from "../session/session-message.ts"
import type { SessionState } from "../session/session-state.ts"

/** Who wants in, and for how long they stay without a socket. */
export interface Newcomer {
  readonly id: string
  readonly name: string
  /** Whether a lost socket ends them at once, as the classic protocol has it. */
  readonly classic: boolean
  /** Where they come from, as limits count it; left out where none do. */
  readonly address?: Origin | undefined
}

/** An address as limits count it. */
export interface Origin {
  /** The address itself, or its /64 of IPv6. */
  readonly block: string
  /** The /48 of IPv6. */
  readonly site?: string | undefined
}

export type PresenceMessage =
  /** Hands a first message to the session of a user, which begins if there is none. */
  | {
      readonly type: "join"
      readonly user: Newcomer
      readonly first: SessionMessage
    }
  /** The session of this user may begin on this machine, as was asked of the cluster. */
  | { readonly type: "granted"; readonly id: string }
  /** Goes on here with a session that was saved, of somebody who is here since then. */
  | { readonly type: "load"; readonly state: SessionState; readonly since: number }
  /** A session has come to what it was handed first. */
  | {
      readonly type: "took"
      readonly id: string
      readonly session: Ref<SessionMessage>
      readonly first: SessionMessage
    }
  /** A session that ends itself names itself: by then its user may have another. */
  | { readonly type: "leave"; readonly id: string; readonly session: Ref<SessionMessage> | undefined }
  /** The last socket of a session has gone. */
  | { readonly type: "waiting"; readonly id: string; readonly session: Ref<SessionMessage> }
  /** More memory is held than the budget allows. */
  | { readonly type: "relieve" }
  /** A session says how its user is to be shown. */
  | { readonly type: "shown"; readonly person: Person }
  /** A socket came, or has room again: the next tick tells it who is here, if it waits for that. */
  | { readonly type: "list-wanted" }
  /** Tells the watcher, a session of ours, of these users now and whenever they come or go, until it ends. */
  | {
      readonly type: "watch"
      readonly userIds: readonly string[]
      readonly watcher: Ref<SessionMessage>
    }
  | {
      readonly type: "unwatch"
      readonly userIds: readonly string[]
      readonly watcher: Ref<SessionMessage>
    }
  | { readonly type: "ended"; readonly id: string; readonly session: Ref<never> }
  | { readonly type: "tick" }
