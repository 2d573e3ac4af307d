import { Type } from "@sinclair/typebox"
import { errorCode, undeliveredReason } from "./error-codes.ts"
import { epoch } from "./handshake.ts"
import { type FrameOf, flag, oneOf, shown, text, whole } from "./schema.ts"

const id = text
const html = Type.String({ description: "Fragments of HTML" })

/**
 * Frames to the page, which are no API for other clients. htmx swaps in `content`, the only field with text of other
 * people; the page's scripts listen to a frame by its `event`. The page sends the frames of `duet.v1`, and gets its
 * `pong`.
 */
export const pageFrames = {
  hello: shown("hello", { resumed: flag, seq: whole, epoch, server: text, content: html }),
  message: shown("message", {
    seq: whole,
    peer: id,
    message_id: id,
    own: flag,
    client_id: Type.Optional(text),
    content: html,
  }),
  undelivered: shown("undelivered", { peer: id, message_id: id, reason: undeliveredReason, content: html }),
  progress: shown("progress", {
    peer: id,
    message_id: id,
    progress: oneOf(["delivered", "seen"]),
    words: text,
    unheard: Type.Optional(Type.Array(Type.Array(text, { minItems: 2, maxItems: 2 }))),
  }),
  reactions: shown("reactions", { peer: id, message_id: id, content: html }),
  unsent: shown("unsent", { peer: id, message_id: id, content: html }),
  typing: shown("typing", { peer: id, is_typing: flag }),
  presence: shown("presence", { peer: id, content: html }),
  conversations: shown("conversations", {
    gone: Type.Optional(Type.Array(id)),
    rows: Type.Optional(Type.Array(Type.Object({ id, above: Type.Optional(id) }))),
    content: html,
  }),
  people: shown("people", { content: html }),
  people_total: shown("people_total", { content: html }),
  resync: shown("resync", { from: whole }),
  error: shown("error", {
    code: errorCode,
    message: text,
    receiver_id: Type.Optional(text),
    client_id: Type.Optional(text),
    message_id: Type.Optional(text),
    retry_after_ms: Type.Optional(whole),
  }),
}
export type PageFrame = FrameOf<typeof pageFrames>
