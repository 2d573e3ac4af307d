import { type ClassicServerFrame, classicClientFrames } from "../../../wire/classic.ts"
import type { Draft } from "../../../wire/schema.ts"
import type { Encoding } from "./dialect.ts"
import { largestList } from "./largest-list.ts"
import { messageFrame } from "./message-frame.ts"
import { vocabularyOf } from "./vocabulary.ts"

const vocabulary = vocabularyOf(classicClientFrames, {
  chat_message: ({ receiver_id, content }) => ({
    type: "say",
    receiverId: receiver_id,
    content,
    clientId: undefined,
    replyTo: undefined,
  }),
})

/** The original product's protocol, kept exact: see `docs/protocol.md`. */
export const classic: Encoding = {
  name: "classic",
  vocabulary,
  attended: false,
  acknowledges: false,
  showsAway: false,
  listed: 200,
  largest: largestList,

  welcome({ id, name }) {
    return written({ type: "connection_established", user_id: id, name })
  },

  event(event) {
    switch (event.type) {
      case "message":
        return messageFrame(event.message)
      case "undelivered":
        return written({
          type: "error",
          code: "undelivered",
          message: "They were gone before this arrived.",
          receiver_id: event.peerId,
          message_id: event.messageId,
        })
      default:
        return undefined
    }
  },

  error({ code, message, receiver_id, message_id, retry_after_ms }) {
    return written({ type: "error", code, message, receiver_id, message_id, retry_after_ms })
  },

  people({ members, total }) {
    const users = members.map(({ id, name }) => ({ id, name, is_online: true }))
    return written({ type: "user_list_update", users, total })
  },
}

function written(frame: Draft<ClassicServerFrame>): string {
  return JSON.stringify(frame)
}
