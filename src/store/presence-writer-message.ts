import type { Settled } from "../actor/index.ts"
import type { PresenceChange } from "../chat/presence/presence-store.ts"

export type PresenceWriterMessage =
  | { readonly type: "changes"; readonly changes: readonly PresenceChange[] }
  /** The store may be gone: renews the lease now to find out. */
  | { readonly type: "lost" }
  /** Removes this node's rows and calls `done`, also after a failure; then nothing is written any more. */
  | { readonly type: "close"; readonly done: () => void }

/** The store's answer. */
export type StoreOutcome =
  | { readonly type: "opened"; readonly result: Settled<void> }
  | { readonly type: "wrote"; readonly result: Settled<void> }
  | { readonly type: "renewed"; readonly result: Settled<number> }

/** All that the writer handles: others' messages and its own. */
export type PresenceWriterTurn =
  | PresenceWriterMessage
  | StoreOutcome
  | { readonly type: "closed"; readonly result: Settled<void> }
  | { readonly type: "gathered" | "lease" | "retry" | "shut" }
