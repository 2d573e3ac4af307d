import type { PresenceStore } from "../../chat/presence/presence-store.ts"
import { EmbeddedPresenceStore } from "../embedded/embedded-store.ts"
import type { StoreOrder } from "../process/messages.ts"
import type { StoreLog } from "../store-log.ts"
import { PostgresPresenceStore } from "./postgres-store.ts"

export interface StoreConfig extends StoreOrder {
  readonly log: StoreLog
}

/** The store that the configuration asks for. Nothing is connected or started before its `open`. */
export function openStore({ database, nodeId, leaseSeconds, log }: StoreConfig): PresenceStore {
  if (database) return new PostgresPresenceStore({ at: database, nodeId, leaseSeconds, log })
  return new EmbeddedPresenceStore({ nodeId, leaseSeconds, log })
}
