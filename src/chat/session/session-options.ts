import type { Ref } from "../../actor/index.ts"
import type { Epoch } from "../epoch.ts"
import type { Account } from "../memory/memory-budget.ts"
import type { Post } from "../post.ts"
import type { Directory } from "../presence/directory.ts"
import type { PresenceMessage } from "../presence/presence-message.ts"
import type { Stamper } from "../stamper.ts"
import type { JournalBounds } from "./delivery/journal.ts"

/** How long a user without a socket is still shown as online, and then still here. */
export interface Stay {
  readonly graceMs: number
  readonly windowMs: number
}

export interface SessionOptions {
  readonly id: string
  readonly name: string
  /** Nothing for a session that ends with its socket, and keeps no journal. */
  readonly stay: Stay | undefined
  readonly account: Account
  readonly journal: JournalBounds
  readonly epoch: Epoch
  /** Sockets at once; one more replaces the oldest. 0 for no limit. */
  readonly outlets: number
  readonly directory: Pick<Directory, "find">
  readonly post: Post
  readonly stamper: Stamper
  readonly presence: Ref<PresenceMessage>
}

/** How long a session lives that never had a socket: a page's own comes within a second. */
export const unattachedMs = 10_000
