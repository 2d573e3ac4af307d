import { Type } from "@sinclair/typebox"
import { errorFields, listedUser, messageFields, uuid } from "./classic.ts"
import { undeliveredReason } from "./error-codes.ts"
import { epoch } from "./handshake.ts"
import { type Draft, type FrameOf, flag, oneOf, received, sent, text, whole } from "./schema.ts"

/** A user's or a message's id from a client. */
const givenId = Type.String({
  pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
  description: "a UUID in small letters, as the server writes it",
})

/** UTF-16 units: the longest emoji of the standard has less than half of it. */
const emojiLimit = 32

const userIds = Type.Array(givenId, { maxItems: 100 })

/** Frames from a client in `duet.v1`, and from the page. */
export const clientFrames = {
  chat_message: received("chat_message", {
    receiver_id: givenId,
    content: text,
    client_id: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    reply_to: Type.Optional(givenId),
  }),
  ack: received("ack", { seq: whole }),
  seen: received("seen", { peer_id: givenId, message_id: givenId }),
  typing: received("typing", { receiver_id: givenId, is_typing: flag }),
  react: received("react", {
    peer_id: givenId,
    message_id: givenId,
    emoji: Type.Union([Type.Null(), Type.String({ minLength: 1, maxLength: emojiLimit })]),
  }),
  unsend: received("unsend", { peer_id: givenId, message_id: givenId }),
  rename: received("rename", { name: text }),
  watch: received("watch", { user_ids: userIds }),
  unwatch: received("unwatch", { user_ids: userIds }),
  status: received("status", { status: oneOf(["online", "away"]) }),
  block: received("block", { user_id: givenId }),
  unblock: received("unblock", { user_id: givenId }),
  leave: received("leave", {}),
  ping: received("ping", {}),
}
export type ClientFrame = FrameOf<typeof clientFrames>

const session = Type.Object({
  key: Type.Optional(Type.String({ description: "Only if just made: 32 bytes in base64url" })),
  resumed: flag,
  seq: whole,
  epoch,
  window_seconds: Type.Number(),
})

const limits = Type.Object({
  content_characters: whole,
  frame_bytes: whole,
  messages_per_second: whole,
  burst: whole,
  heartbeat_seconds: Type.Number(),
})

/** Frames from the server in `duet.v1`. */
export const serverFrames = {
  connection_established: sent("connection_established", { user_id: uuid, name: text, session, limits }),
  user_list_update: sent("user_list_update", { version: whole, users: Type.Array(listedUser), total: whole }),
  chat_message: sent("chat_message", {
    seq: whole,
    client_id: Type.Optional(text),
    message: Type.Object({ ...messageFields, reply_to: Type.Optional(text) }),
  }),
  message_status: sent("message_status", {
    peer_id: uuid,
    message_id: uuid,
    status: oneOf(["delivered", "seen", "undelivered"]),
    reason: Type.Optional(undeliveredReason),
  }),
  message_changed: sent("message_changed", {
    peer_id: uuid,
    message_id: uuid,
    reactions: Type.Optional(Type.Array(Type.Object({ user_id: uuid, emoji: text }))),
    unsent: Type.Optional(Type.Literal(true)),
  }),
  typing: sent("typing", { user_id: uuid, is_typing: flag }),
  presence: sent("presence", {
    user_id: uuid,
    name: text,
    is_online: flag,
    status: oneOf(["online", "away", "offline"]),
  }),
  presence_diff: sent("presence_diff", {
    version: whole,
    joined: Type.Array(listedUser),
    left: Type.Array(uuid),
    total: whole,
    partial: Type.Optional(Type.Literal(true)),
  }),
  resync: sent("resync", { from: whole }),
  pong: sent("pong", {}),
  error: sent("error", { ...errorFields, client_id: Type.Optional(text) }),
}
export type ServerFrame = FrameOf<typeof serverFrames>

export type ServerFrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { readonly type: T }>
export type ClientFrameOf<T extends ClientFrame["type"]> = Extract<ClientFrame, { readonly type: T }>
export type ErrorFrame = ServerFrameOf<"error">
export type ErrorDraft = Draft<ErrorFrame>
