import type { Ref, Terminated } from "../../actor/index.ts"
import type { Cursor } from "../epoch.ts"
import type { Message } from "../message.ts"
import type { Entry, Person, Progress, Reactions, Talk } from "./delivery/conversation.ts"
import type { MessageRanges } from "./delivery/message-ranges.ts"
import type { UndeliveredReason } from "./delivery/undelivered.ts"
import type { ListChange } from "./list-change.ts"
import type { Outlet } from "./outlet.ts"
import type { SessionState } from "./session-state.ts"
import type { Snapshot } from "./snapshot.ts"

/** What a client asks of its session. */
export type Command =
  | {
      readonly type: "say"
      readonly receiverId: string
      readonly content: string
      readonly clientId: string | undefined
      readonly replyTo: string | undefined
    }
  /** All events up to `seq` have arrived. */
  | { readonly type: "ack"; readonly seq: number }
  | { readonly type: "seen"; readonly peerId: string; readonly messageId: string }
  | { readonly type: "typing"; readonly receiverId: string; readonly isTyping: boolean }
  /** `null` takes the reaction back. */
  | {
      readonly type: "react"
      readonly peerId: string
      readonly messageId: string
      readonly emoji: string | null
    }
  | { readonly type: "unsend"; readonly peerId: string; readonly messageId: string }
  | { readonly type: "rename"; readonly name: string }
  | { readonly type: "watch"; readonly userIds: readonly string[] }
  | { readonly type: "unwatch"; readonly userIds: readonly string[] }
  | { readonly type: "status"; readonly away: boolean }
  | { readonly type: "block"; readonly userId: string }
  | { readonly type: "unblock"; readonly userId: string }
  | { readonly type: "leave" }

/** What comes from other sessions. */
export type PeerMessage =
  | { readonly type: "incoming"; readonly message: Message; readonly sender: Person }
  /** The peer's client has everything from us up to this message, but for what the peer would not hear. */
  | {
      readonly type: "delivered"
      readonly peerId: string
      readonly messageId: string
      readonly suppressed: MessageRanges | undefined
    }
  /** The peer has seen everything from us up to this message, with the same exceptions. */
  | {
      readonly type: "seen"
      readonly peerId: string
      readonly messageId: string
      readonly suppressed: MessageRanges | undefined
    }
  | { readonly type: "typing"; readonly peerId: string; readonly isTyping: boolean }
  | {
      readonly type: "reacted"
      readonly peerId: string
      readonly messageId: string
      readonly emoji: string | null
    }
  | { readonly type: "unsent"; readonly peerId: string; readonly messageId: string }
  | {
      readonly type: "refused"
      readonly peerId: string
      readonly messageId: string
      readonly reason: UndeliveredReason
    }

/** What a session tells its outlets. An outlet leaves out what its dialect has no word for. */
export type SessionEvent =
  | Entry
  | {
      readonly type: "undelivered"
      readonly peerId: string
      readonly messageId: string
      readonly reason: UndeliveredReason
    }
  /** How far the own messages have come: all up to this one, but for those that are undelivered or never heard. */
  | {
      readonly type: "progress"
      readonly peerId: string
      readonly messageId: string
      readonly progress: Progress
      readonly suppressed: MessageRanges | undefined
    }
  | {
      readonly type: "reactions"
      readonly peerId: string
      readonly messageId: string
      readonly reactions: Reactions
    }
  | { readonly type: "unsent"; readonly peerId: string; readonly messageId: string }
  | { readonly type: "typing"; readonly userId: string; readonly isTyping: boolean }
  /** `ofMark` when nothing has changed but whether their mark is to be shown. */
  | { readonly type: "presence"; readonly person: Person; readonly ofMark?: boolean }
  /** The list of conversations; then what has changed of it. */
  | { readonly type: "talks"; readonly talks: readonly Talk[] }
  | ({ readonly type: "talks-changed" } & ListChange)
  | { readonly type: "resync"; readonly from: number }

/** What comes from presence, the runtime, the outlets and the pages. */
export type ControlMessage =
  /** A client without a cursor gets all that is held. */
  | { readonly type: "attach"; readonly outlet: Outlet; readonly cursor: Cursor | undefined }
  | { readonly type: "detach"; readonly outlet: Outlet }
  | { readonly type: "drained"; readonly outlet: Outlet }
  | { readonly type: "presence"; readonly person: Person }
  /** Of somebody whose presence is known: whether they are somebody's double has changed. */
  | { readonly type: "double"; readonly person: Person }
  /** A page asks for a conversation's newest messages, or for those before one of them. */
  | {
      readonly type: "look"
      readonly openId: string | undefined
      readonly before?: string | undefined
      readonly replyTo: Ref<Snapshot>
    }
  /** Asks for the session as data; nothing is answered of one that ends with its socket. */
  | { readonly type: "save"; readonly replyTo: Ref<SessionState | undefined> }
  | { readonly type: "grace-over" }
  | { readonly type: "window-over" }
  /** Memory is short: so many bytes are to go. */
  | { readonly type: "release"; readonly bytes: number }
  | { readonly type: "talks-due" }
  | { readonly type: "idle" }
  | { readonly type: "peer-ended"; readonly terminated: Terminated }

export type SessionMessage =
  | { readonly type: "command"; readonly outlet: Outlet; readonly command: Command }
  | PeerMessage
  | ControlMessage
