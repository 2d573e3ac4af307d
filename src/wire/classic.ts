import { Type } from "@sinclair/typebox"
import { errorCode } from "./error-codes.ts"
import { type FrameOf, flag, received, sent, text, whole } from "./schema.ts"

/** The receiver of a classic message: what is not in the form of an id belongs to nobody. */
const receiver = Type.String({ minLength: 1, maxLength: 64 })

/** An id from the server. */
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

/** Frames from a client in the classic protocol. */
export const classicClientFrames = {
  chat_message: received("chat_message", { receiver_id: receiver, content: text }),
}
export type ClassicClientFrame = FrameOf<typeof classicClientFrames>

/** Frames from the server in the classic protocol. */
export const classicServerFrames = {
  connection_established: sent("connection_established", { user_id: uuid, name: text }),
  user_list_update: sent("user_list_update", { users: Type.Array(listedUser), total: whole }),
  chat_message: sent("chat_message", { message: Type.Object(messageFields) }),
  error: sent("error", errorFields),
}
export type ClassicServerFrame = FrameOf<typeof classicServerFrames>
