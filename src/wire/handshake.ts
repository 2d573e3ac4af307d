import { Type } from "@sinclair/typebox"
import { type Value, whole } from "./schema.ts"

/** What a client offers in `Sec-WebSocket-Protocol`: the dialect, and its key behind the prefix. */
export const subprotocol = "duet.v1"
export const keyPrefix = "duet.key."

/** 43 characters that encode exactly 32 bytes: the last one holds four bits. */
export const key = Type.String({
  pattern: "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$",
  description: "32 bytes in base64url",
})

/** In code points. */
export const epochLimit = 32
export const epoch = Type.String({
  minLength: 1,
  maxLength: epochLimit,
  description: "What `seq` is of: opaque",
})

/** The place to resume from, in the query of the socket's URL: both parameters or neither. */
export const cursor = Type.Object({ after: whole, epoch })
export type Cursor = Value<typeof cursor>
