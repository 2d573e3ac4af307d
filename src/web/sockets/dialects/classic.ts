import type { Encoding } from "./dialect.ts"
import { errorFrame } from "./error-frame.ts"
import { classicVocabulary } from "./frames.ts"
import { largestList } from "./largest-list.ts"
import { messageFrame } from "./message-frame.ts"

/** The original product's protocol, kept exact: see `docs/protocol.md`. */
export const classic: Encoding = {
  name: "classic",
  vocabulary: classicVocabulary,
  attended: false,
  acknowledges: false,
  showsAway: false,
  listed: 200,
  largest: largestList,

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
        return errorFrame({ ...event, clientId: undefined })
      default:
        return undefined
    }
  },

  people({ members, total }) {
    const users = members.map(({ id, name }) => ({ id, name, is_online: true }))
    return JSON.stringify({ type: "user_list_update", users, total })
  },
}
