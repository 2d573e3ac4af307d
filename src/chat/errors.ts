/** Codes a client may rely on; `docs/protocol.md` tells what each means. */
export type ErrorCode =
  | "bad_json"
  | "bad_frame"
  | "too_long"
  | "empty"
  | "self"
  | "receiver_offline"
  | "undelivered"
  | "rate_limited"
  | "overloaded"

/** Why an echoed message did not arrive after all. */
export type UndeliveredReason = "left" | "overflow" | "failed"

/** What went wrong with one frame, told to the socket it came from; `message` says what to do. */
export interface Refusal {
  readonly type: "error"
  readonly code: ErrorCode
  readonly message: string
  readonly receiverId?: string | undefined
  readonly messageId?: string | undefined
  readonly clientId?: string | undefined
  readonly retryAfterMs?: number | undefined
}
