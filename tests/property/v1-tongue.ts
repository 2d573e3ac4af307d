import { createHash, randomBytes } from "node:crypto"
import { fieldsOf, type Heard, optionalText, query, type Tongue } from "./tongue.ts"

/** `duet.v1` as docs/protocol.md describes it, by hand. */
export const v1Tongue: Tongue = {
  name: "duet.v1",
  acknowledges: true,

  async join(_serverUrl, name) {
    const key = randomBytes(32)
    const digest = createHash("sha256").update(key).digest()
    digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6)
    digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8)
    const hex = digest.toString("hex")
    const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)]
    return { id: id.join("-"), name, key: key.toString("base64url") }
  },

  open(url, { name, key }, cursor, headers = {}) {
    const address = `${url.replace("http", "ws")}/ws/${encodeURIComponent(name)}${query(cursor)}`
    return new WebSocket(address, { headers, protocols: ["duet.v1", `duet.key.${key}`] })
  },

  hear(raw, { id }) {
    const frame = fieldsOf(JSON.parse(raw))
    switch (frame.type) {
      case "connection_established": {
        const { resumed, epoch } = fieldsOf(frame.session)
        return { type: "hello", resumed: resumed === true, epoch: String(epoch) }
      }
      case "chat_message": {
        const message = fieldsOf(frame.message)
        return {
          type: "message",
          seq: Number(frame.seq),
          id: String(message.id),
          own: message.sender_id === id,
          clientId: optionalText(frame.client_id),
          content: String(message.content),
        }
      }
      case "message_status":
        return status(frame)
      case "message_changed":
        return frame.unsent === true ? { type: "unsent", messageId: String(frame.message_id) } : undefined
      case "typing":
        return { type: "typing", userId: String(frame.user_id) }
      case "resync":
        return { type: "resync", from: Number(frame.from) }
      case "error":
        return { type: "refused", code: String(frame.code), clientId: optionalText(frame.client_id) }
      default:
        return undefined
    }
  },
}

function status({ status, peer_id, message_id }: Readonly<Record<string, unknown>>): Heard | undefined {
  const messageId = String(message_id)
  if (status === "delivered") return { type: "delivered", peerId: String(peer_id), messageId }
  return status === "undelivered" ? { type: "undelivered", messageId } : undefined
}
