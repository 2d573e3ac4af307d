import type { PresenceChange } from "../../chat/presence/presence-store.ts"
import type { DatabaseAddress } from "../postgres/database-url.ts"
import type { StoreLog } from "../store-log.ts"

/** What decides which store the process opens. It comes by the pipe: a command line is read by everybody. */
export interface StoreOrder {
  /** Left out: the embedded Postgres stands in. */
  readonly database?: DatabaseAddress | undefined
  /** UUID of the chat's process; it outlives the store's. */
  readonly nodeId: string
  readonly leaseSeconds: number
}

/** What the chat's process asks: the methods of a presence store. */
export type StoreWork =
  | { readonly work: "open"; readonly order: StoreOrder }
  | { readonly work: "write"; readonly changes: readonly PresenceChange[] }
  | { readonly work: "renew" }
  | { readonly work: "close" }

export type StoreRequest = StoreWork & { readonly id: number }

/** An error without its stack: what `describeFailure` reads. */
export interface Failure {
  readonly name: string
  readonly message: string
  readonly code?: string
}

/** What the store's process says. */
export type StoreWord =
  /** `value` is what `renew` counted. */
  | { readonly type: "done"; readonly id: number; readonly value?: number }
  | { readonly type: "failed"; readonly id: number; readonly failure: Failure }
  | { readonly type: "log"; readonly line: Parameters<StoreLog> }

/** How the process ends when an error reached nobody; its last line on standard error is the failure then. */
export const crashCode = 70
