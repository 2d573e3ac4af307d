import type { Refusal } from "../../chat/errors.ts"
import type { Message } from "../../chat/message.ts"
import { classicVocabulary } from "../frames.ts"
import type { Encoding } from "./dialect.ts"

/** The original product's protocol, kept exact: see `docs/protocol.md`. */
export const classic: Encoding = {
  name: "classic",
  vocabulary: classicVocabulary,

  welcome({ id, name }) {
    return JSON.stringify({ type: "connection_established", user_id: id, name })
  },

  event(event) {
    switch (event.type) {
      case "message":
        return messageFrame(event.message)
      case "undelivered":
        return errorFrame({
          type: "error",
          code: "undelivered",
          message: "They were gone before this arrived.",
          receiverId: event.peerId,
          messageId: event.messageId,
        })
      case "error":
        return errorFrame(event)
      case "presence":
      case "talks":
      case "resync":
        return undefined
    }
  },

  people({ members, total }) {
    const users = members.map(({ id, name }) => ({ id, name, is_online: true }))
    return JSON.stringify({ type: "user_list_update", users, total })
  },
}

/** The echo and the peer's copy are the same frame, made once. */
function messageFrame(message: Message): string {
  message.frame ??= JSON.stringify({
    type: "chat_message",
    message: {
      id: message.id,
      sender_id: message.senderId,
      receiver_id: message.receiverId,
      content: message.content,
      timestamp: timestamp(message.at),
    },
  })
  return message.frame
}

function errorFrame(refusal: Refusal): string {
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

let lastAt = Number.NaN
let lastTimestamp = ""

/** ISO 8601 in UTC. Under load many messages share a millisecond: the last one is remembered. */
function timestamp(at: number): string {
  if (at !== lastAt) {
    lastAt = at
    lastTimestamp = new Date(at).toISOString()
  }
  return lastTimestamp
}
