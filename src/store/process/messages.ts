import type { PresenceChange } from "../../chat/presence/presence-store.ts"
import type { DatabaseAddress } from "../postgres/database-url.ts"
import type { StoreLog } from "../store-log.ts"

/** Which store the process opens. It comes by the pipe, for every user of the machine can read a command line. */
export interface StoreSettings {
  /** Left out: the embedded Postgres. */
  readonly database?: DatabaseAddress | undefined
  /** UUID of the chat's process; it outlives the store's. */
  readonly nodeId: string
  readonly leaseSeconds: number
}

/** A call of the chat's process: the methods of a presence store. */
export type StoreCall =
  | { readonly method: "open"; readonly settings: StoreSettings }
  | { readonly method: "write"; readonly changes: readonly PresenceChange[] }
  | { readonly method: "renew" }
  | { readonly method: "close" }

export type StoreRequest = StoreCall & { readonly id: number }

/** An error without its stack, as `describeFailure` reads it. */
export interface Failure {
  readonly name: string
  readonly message: string
  readonly code?: string
}

/** A message of the store's process. */
export type StoreReply =
  /** `value` is what `renew` counted. */
  | { readonly type: "done"; readonly id: number; readonly value?: number }
  | { readonly type: "failed"; readonly id: number; readonly failure: Failure }
  | { readonly type: "log"; readonly line: Parameters<StoreLog> }

/** The process's exit code after an uncaught error; its last line on standard error describes the failure. */
export const crashCode = 70
