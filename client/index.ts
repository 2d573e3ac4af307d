/**
 * A client of Duet for browsers, Bun and Node 22, without dependencies: it joins, reconnects by itself, and neither
 * loses nor repeats messages. `docs/client.md` shows how.
 */
import { Client } from "./client.ts"
import type { Duet } from "./duet.ts"
import type { ConnectOptions } from "./options.ts"

export type { Duet, MessageRef } from "./duet.ts"
export type { DuetErrorCode } from "./error-codes.ts"
export { DuetError } from "./errors.ts"
export type {
  DuetEvents,
  Message,
  MessageChange,
  Opening,
  People,
  Person,
  Presence,
  Tick,
} from "./events.ts"
export type { Clock, ConnectOptions, Fetch, Platform, Socket, SocketConstructor } from "./options.ts"

/**
 * Joins, and stays until `close` or `leave`.
 * @throws DuetError `bad_key`, `bad_name` or `bad_cursor`; TypeError for a malformed `url`.
 */
export function connect(options: ConnectOptions): Duet {
  return new Client(options)
}
