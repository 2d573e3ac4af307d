import type { PresenceStore } from "../chat/presence-store.ts"
import { EmbeddedPresenceStore } from "./embedded/embedded-store.ts"
import { PostgresPresenceStore } from "./postgres-store.ts"
import type { StoreLog } from "./store-log.ts"

export interface StoreConfig {
  /** Left out or empty: the embedded Postgres stands in. */
  readonly databaseUrl?: string | undefined
  /** UUID of this process. */
  readonly nodeId: string
  readonly leaseSeconds: number
  readonly log: StoreLog
}

/** The store that the configuration asks for. Nothing is connected or started before its `open`. */
export function openStore({ databaseUrl, nodeId, leaseSeconds, log }: StoreConfig): PresenceStore {
  if (databaseUrl) return new PostgresPresenceStore({ at: { url: databaseUrl }, nodeId, leaseSeconds })
  return new EmbeddedPresenceStore({ nodeId, leaseSeconds, log })
}
