import type { ErrorCode } from "../src/wire/error-codes.ts"

/** Why a message was refused for good, or why the client has ended. */
export type DuetErrorCode =
  /** The server's own codes; `docs/protocol.md` tells what each means. */
  | ErrorCode
  /** The name, the key or the cursor cannot be used: the message says why. */
  | "bad_name"
  | "bad_key"
  | "bad_cursor"
  /** The outbox is full: send less, or later. */
  | "outbox_full"
  /** The session ended while this message was in flight: it may have arrived or not. */
  | "lost"
  /** The program closed this client. */
  | "closed"
  /** The user left, here or on another socket (4410). */
  | "left"
  /** Newer sockets of the same user took this one's place (4409). */
  | "replaced"
  /** The server closed the connection: too many bad frames, or too much for too long (4429). */
  | "bad_frames"
