import { fieldsOf, type Tongue } from "../../property/tongue.ts"

/** The classic protocol: every connection is a new user, without resume or acknowledgements. */
export const classicTongue: Tongue = {
  name: "classic",
  acknowledges: false,

  /** The server chooses the id. */
  async join(_serverUrl, name) {
    return { id: "", name, key: "" }
  },

  open(url, { name }, _cursor, headers = {}) {
    return new WebSocket(`${url.replace("http", "ws")}/ws/${encodeURIComponent(name)}`, { headers })
  },

  hear(raw, { id }) {
    const frame = fieldsOf(JSON.parse(raw))
    switch (frame.type) {
      case "connection_established":
        return { type: "hello", resumed: false, epoch: String(frame.user_id) }
      case "chat_message": {
        const message = fieldsOf(frame.message)
        return {
          type: "message",
          seq: 0,
          id: String(message.id),
          own: message.sender_id === id,
          clientId: undefined,
          content: String(message.content),
        }
      }
      case "error":
        if (frame.code === "undelivered") return { type: "undelivered", messageId: String(frame.message_id) }
        return { type: "refused", code: String(frame.code), clientId: undefined }
      default:
        return undefined
    }
  },
}
