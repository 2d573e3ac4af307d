import type { Ref } from "../../actor/index.ts"
import type { Closing } from "../close-codes.ts"
import type { Refusal, UndeliveredReason } from "../errors.ts"
import type { Entry, Person, Progress, Reactions, Talk } from "./delivery/conversation.ts"
import type { MessageRanges } from "./delivery/message-ranges.ts"
import type { ListChange } from "./list-change.ts"
import type { SessionMessage } from "./session-message.ts"

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
  | Refusal

/** What an outlet is told when its session has taken it in. */
export interface Welcome extends Person {
  /** Where the outlet's commands go. */
  readonly session: Ref<SessionMessage>
  /** Whether the session was there before: if not, it holds nothing. */
  readonly resumed: boolean
  /** The session's newest number. */
  readonly seq: number
  /** The same at any later time: nothing above it can have been received. */
  newest(): number
  /** What its numbers are of: another session of the same user has another. */
  readonly epoch: string
}

/** One kind of outlet. */
export interface Dialect {
  /** The way to all live outlets of this kind of one user. */
  channel(userId: string): Channel
}

/** Reaches many outlets at once: an event is encoded once for all of them. */
export interface Channel {
  publish(event: SessionEvent): void
}

/** One socket of a session, as the session sees it. It decides nothing. */
export interface Outlet {
  readonly dialect: Dialect
  /** Whether a person sits there, who is away when nothing comes from them for a while. */
  readonly attended: boolean
  welcome(welcome: Welcome): void
  /** Sends to this outlet alone; `false` when it wants no more until it says `drained`. */
  send(event: SessionEvent): boolean
  /** From now on, what the dialect publishes to the user reaches this outlet. */
  goLive(): void
  /** So much waits for it that live events could overrun it; never so where what it misses is not kept. */
  readonly isBehind: boolean
  /** Nothing that is published reaches it until `goLive`; it says `drained` when it has room. */
  fallBehind(): void
  /** Everything up to `seq` has been handed over: an outlet whose client cannot acknowledge does so for it. */
  handedOver(seq: number): void
  close(closing: Closing): void
}
