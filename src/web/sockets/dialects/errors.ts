import type { Refusal, RefusalReason } from "../../../chat/refusal.ts"
import type { ErrorDraft } from "../../../wire/duet-v1.ts"
import type { ErrorCode } from "../../../wire/error-codes.ts"

/** The `error` frame for a refused command; its message says what to do. */
export function errorOf(refusal: Refusal): ErrorDraft {
  const { reason, receiverId, messageId, clientId, bound = 0 } = refusal
  const [code, message] = answers[reason](bound)
  return { type: "error", code, message, receiver_id: receiverId, message_id: messageId, client_id: clientId }
}

const answers: Readonly<Record<RefusalReason, (bound: number) => readonly [ErrorCode, string]>> = {
  "to-oneself": () => ["self", "You cannot write to yourself: choose somebody else."],
  "id-reused": () => ["bad_frame", "`client_id` was used for another message: give each its own."],
  "receiver-gone": () => ["receiver_offline", "They are not here: nothing was sent."],
  "receiver-full": () => ["overloaded", "Too many messages wait for them: try again in a moment."],
  "ack-ahead": (newest) => ["bad_frame", `\`seq\` is above the newest event, ${newest}.`],
  "not-held": () => ["bad_frame", "`message_id` is of no message that is still held."],
  "not-own": () => ["bad_frame", "`message_id` is of no own message that is still held."],
  "peer-gone": () => ["receiver_offline", "They are not here any more."],
  "peer-full": () => ["overloaded", "Too much waits for them: try again in a moment."],
  "too-many-watched": (most) => ["bad_frame", `At most ${most} users can be watched: unwatch some first.`],
  "too-many-blocked": (most) => ["bad_frame", `At most ${most} users can be blocked: unblock some first.`],
}
