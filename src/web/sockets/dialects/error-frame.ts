import type { Refusal } from "../../../chat/errors.ts"

/** What was refused, and what to do; fields that do not apply are left out. */
export function errorFrame(refusal: Refusal): string {
  return JSON.stringify({
    type: "error",
    code: refusal.code,
    message: refusal.message,
    receiver_id: refusal.receiverId,
    message_id: refusal.messageId,
    client_id: refusal.clientId,
    retry_after_ms: refusal.retryAfterMs,
  })
}
