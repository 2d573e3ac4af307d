import { Type } from "@sinclair/typebox"
import { errorCode } from "./error-codes.ts"
import { type FrameOf, flag, received, sent, text, whole } from "./schema.ts"

/** A classic client's word for a user: what has not the form of an id belongs to nobody. */
const receiver = Type.String({ minLength: 1, maxLength: 64 })

/** What the server names. */
export const uuid = Type.String({ description: "UUID" })

export const listedUser = Type.Object({ id: uuid, name: text, is_online: flag })

export const messageFields = {
  id: Type.String({ description: "UUIDv7" }),
  sender_id: uuid,
  receiver_id: uuid,
  content: text,
  timestamp: Type.String({ format: "date-time" }),
}

export const errorFields = {
  code: errorCode,
  message: text,
  receiver_id: Type.Optional(text),
  message_id: Type.Optional(text),
  retry_after_ms: Type.Optional(whole),
}

/** The original product's protocol: what a client may send. */
export const classicClientFrames = {
  chat_message: received("chat_message", { receiver_id: receiver, content: text }),
}
export type ClassicClientFrame = FrameOf<typeof classicClientFrames>

/** What the server says in it. */
export const classicServerFrames = {
  connection_established: sent("connection_established", { user_id: uuid, name: text }),
  user_list_update: sent("user_list_update", { users: Type.Array(listedUser), total: whole }),
  chat_message: sent("chat_message", { message: Type.Object(messageFields) }),
  error: sent("error", errorFields),
}
export type ClassicServerFrame = FrameOf<typeof classicServerFrames>
