import type { PresenceStore } from "../../chat/presence/presence-store.ts"
import { EmbeddedPresenceStore } from "../embedded/embedded-store.ts"
import type { StoreSettings } from "../process/messages.ts"
import type { StoreLog } from "../store-log.ts"
import { PostgresPresenceStore } from "./postgres-store.ts"

export interface StoreConfig extends StoreSettings {
  readonly log: StoreLog
}

/** Makes the store that the configuration asks for. It connects at `open`. */
export function openStore({ database, nodeId, leaseSeconds, log }: StoreConfig): PresenceStore {
  if (database) return new PostgresPresenceStore({ at: database, nodeId, leaseSeconds, log })
  return new EmbeddedPresenceStore({ nodeId, leaseSeconds, log })
}
