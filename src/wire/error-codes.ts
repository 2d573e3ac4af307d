import type { Static } from "@sinclair/typebox"
import { oneOf } from "./schema.ts"

/** Codes of `error` frames; `docs/protocol.md` explains each. */
export const errorCodes = [
  "bad_json",
  "bad_frame",
  "too_long",
  "empty",
  "self",
  "receiver_offline",
  "undelivered",
  "rate_limited",
  "overloaded",
] as const
export const errorCode = oneOf(errorCodes)
export type ErrorCode = Static<typeof errorCode>

/** Codes of refused HTTP requests and upgrades. */
export const requestErrorCodes = [
  "bad_cursor",
  "bad_handshake",
  "bad_host",
  "bad_key",
  "bad_limit",
  "bad_name",
  "bad_place",
  "bad_subprotocol",
  "failed",
  "foreign_origin",
  "left",
  "not_found",
  "not_online",
  "overloaded",
  "rate_limited",
  "upgrade_required",
  "wrong_method",
] as const
export const requestErrorCode = oneOf(requestErrorCodes)
export type RequestErrorCode = Static<typeof requestErrorCode>

/** Why an echoed message did not arrive after all. */
export const undeliveredReasons = ["left", "overflow", "failed"] as const
export const undeliveredReason = oneOf(undeliveredReasons)
export type UndeliveredReason = Static<typeof undeliveredReason>
