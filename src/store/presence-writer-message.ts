import type { Settled } from "../actor/index.ts"
import type { PresenceChange } from "../chat/presence/presence-store.ts"

export type PresenceWriterMessage =
  | { readonly type: "changes"; readonly changes: readonly PresenceChange[] }
  /** The store may be gone: the next renewal, which tells, is due now. */
  | { readonly type: "lost" }
  /** Takes this node's rows away and calls `done`, also when that failed; nothing is written any more. */
  | { readonly type: "close"; readonly done: () => void }

/** What the store answered. */
export type StoreOutcome =
  | { readonly type: "opened"; readonly result: Settled<void> }
  | { readonly type: "wrote"; readonly result: Settled<void> }
  | { readonly type: "renewed"; readonly result: Settled<number> }

/** All that the writer handles: what others tell it, and what it tells itself. */
export type PresenceWriterTurn =
  | PresenceWriterMessage
  | StoreOutcome
  | { readonly type: "closed"; readonly result: Settled<void> }
  | { readonly type: "gathered" | "lease" | "retry" | "hurry" }
