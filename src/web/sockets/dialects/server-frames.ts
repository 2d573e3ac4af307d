import { type TSchema, Type } from "@sinclair/typebox"

const id = Type.String({ description: "UUID" })
const text = Type.String()
const whole = Type.Integer({ minimum: 0 })
const user = Type.Object({ id, name: text, is_online: Type.Boolean() })

const message = {
  id: Type.String({ description: "UUIDv7" }),
  sender_id: id,
  receiver_id: id,
  content: text,
  timestamp: Type.String({ format: "date-time" }),
}

const error = {
  code: Type.Union(
    [
      "bad_json",
      "bad_frame",
      "too_long",
      "empty",
      "self",
      "receiver_offline",
      "undelivered",
      "rate_limited",
      "overloaded",
    ].map((code) => Type.Literal(code)),
  ),
  message: text,
  receiver_id: Type.Optional(text),
  message_id: Type.Optional(text),
  retry_after_ms: Type.Optional(whole),
}

/** What the server says in the classic protocol, by the `type` of the frame. */
export const classicServerFrames: Readonly<Record<string, TSchema>> = {
  connection_established: frame("connection_established", { user_id: id, name: text }),
  user_list_update: frame("user_list_update", { users: Type.Array(user), total: whole }),
  chat_message: frame("chat_message", { message: Type.Object(message) }),
  error: frame("error", error),
}

const session = Type.Object({
  key: Type.Optional(Type.String({ description: "Only if just made: 32 bytes in base64url" })),
  resumed: Type.Boolean(),
  seq: whole,
  epoch: Type.String({ minLength: 1, maxLength: 32, description: "What `seq` is of: opaque" }),
  window_seconds: Type.Number(),
})

const limits = Type.Object({
  content_characters: whole,
  frame_bytes: whole,
  messages_per_second: whole,
  burst: whole,
  heartbeat_seconds: Type.Number(),
})

/** What the server says in `duet.v1`. */
export const serverFrames: Readonly<Record<string, TSchema>> = {
  connection_established: frame("connection_established", { user_id: id, name: text, session, limits }),
  user_list_update: frame("user_list_update", { version: whole, users: Type.Array(user), total: whole }),
  chat_message: frame("chat_message", {
    seq: whole,
    client_id: Type.Optional(text),
    message: Type.Object({ ...message, reply_to: Type.Optional(text) }),
  }),
  message_status: frame("message_status", {
    peer_id: id,
    message_id: id,
    status: Type.Union([Type.Literal("delivered"), Type.Literal("seen"), Type.Literal("undelivered")]),
    reason: Type.Optional(
      Type.Union([Type.Literal("left"), Type.Literal("overflow"), Type.Literal("failed")]),
    ),
  }),
  message_changed: frame("message_changed", {
    peer_id: id,
    message_id: id,
    reactions: Type.Optional(Type.Array(Type.Object({ user_id: id, emoji: text }))),
    unsent: Type.Optional(Type.Literal(true)),
  }),
  typing: frame("typing", { user_id: id, is_typing: Type.Boolean() }),
  presence: frame("presence", {
    user_id: id,
    name: text,
    is_online: Type.Boolean(),
    status: Type.Union([Type.Literal("online"), Type.Literal("away"), Type.Literal("offline")]),
  }),
  presence_diff: frame("presence_diff", {
    version: whole,
    joined: Type.Array(user),
    left: Type.Array(id),
    total: whole,
    partial: Type.Optional(Type.Literal(true)),
  }),
  resync: frame("resync", { from: whole }),
  pong: frame("pong", {}),
  error: frame("error", { ...error, client_id: Type.Optional(text) }),
}

function frame(type: string, fields: Record<string, TSchema>): TSchema {
  return Type.Object({ type: Type.Literal(type), ...fields }, { additionalProperties: false })
}
