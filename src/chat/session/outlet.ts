import type { Ref } from "../../actor/index.ts"
import type { Refusal } from "../refusal.ts"
import type { Person } from "./delivery/conversation.ts"
import type { SessionEvent, SessionMessage } from "./session-message.ts"

/** Why an outlet is closed. */
export type CloseReason = "left" | "replaced" | "failed" | "restarting"

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
  /** A command from this outlet is refused. */
  refuse(refusal: Refusal): void
  close(reason: CloseReason): void
}
