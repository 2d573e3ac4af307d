import { type Static, type TObject, Type } from "@sinclair/typebox"
import { type TypeCheck, TypeCompiler } from "@sinclair/typebox/compiler"
import { checkName } from "../../../chat/names.ts"
import type { Command } from "../../../chat/session/session-message.ts"
import { isEmoji } from "../../../unicode/emoji.ts"

/** A user's or a message's id, as the server writes it. */
const id = Type.String({
  pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
  description: "a UUID in small letters, as the server writes it",
})
const ids = Type.Array(id, { maxItems: 100 })
/** UTF-16 units: the longest emoji of the standard has less than half of it. */
const emojiLimit = 32

/** What a client may send, by the `type` of the frame: the one source of validation and of the description. */
export const clientFrames = {
  chat_message: Type.Object({
    receiver_id: id,
    content: Type.String(),
    client_id: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    reply_to: Type.Optional(id),
  }),
  ack: Type.Object({ seq: Type.Integer({ minimum: 0 }) }),
  seen: Type.Object({ peer_id: id, message_id: id }),
  typing: Type.Object({ receiver_id: id, is_typing: Type.Boolean() }),
  react: Type.Object({
    peer_id: id,
    message_id: id,
    emoji: Type.Union([Type.Null(), Type.String({ minLength: 1, maxLength: emojiLimit })]),
  }),
  unsend: Type.Object({ peer_id: id, message_id: id }),
  rename: Type.Object({ name: Type.String() }),
  watch: Type.Object({ user_ids: ids }),
  unwatch: Type.Object({ user_ids: ids }),
  status: Type.Object({ status: Type.Union([Type.Literal("online"), Type.Literal("away")]) }),
  block: Type.Object({ user_id: id }),
  unblock: Type.Object({ user_id: id }),
  leave: Type.Object({}),
  ping: Type.Object({}),
}

/** The classic protocol knows one frame, with two fields. What is no id there is of nobody who is here. */
export const classicFrame = Type.Object({
  receiver_id: Type.String({ minLength: 1, maxLength: 64 }),
  content: Type.String(),
})

/** What a socket answers by itself, without its session. */
export type Ping = { readonly type: "ping" }

/** Reads one type of frame: what it asks for, or in words which field is wrong. */
export type FrameReader = (frame: object) => Command | Ping | string

/** The types of frame that a dialect understands, by their `type`. */
export type Vocabulary = ReadonlyMap<string, FrameReader>

export const classicVocabulary: Vocabulary = new Map([
  [
    "chat_message",
    reader(classicFrame, ({ receiver_id, content }) => ({
      type: "say",
      receiverId: receiver_id,
      content,
      clientId: undefined,
      replyTo: undefined,
    })),
  ],
])

export const fullVocabulary: Vocabulary = new Map([
  [
    "chat_message",
    reader(clientFrames.chat_message, ({ receiver_id, content, client_id, reply_to }) => ({
      type: "say",
      receiverId: receiver_id,
      content,
      clientId: client_id,
      replyTo: reply_to,
    })),
  ],
  ["ack", reader(clientFrames.ack, ({ seq }) => ({ type: "ack", seq }))],
  [
    "seen",
    reader(clientFrames.seen, ({ peer_id, message_id }) => ({
      type: "seen",
      peerId: peer_id,
      messageId: message_id,
    })),
  ],
  [
    "typing",
    reader(clientFrames.typing, ({ receiver_id, is_typing }) => ({
      type: "typing",
      receiverId: receiver_id,
      isTyping: is_typing,
    })),
  ],
  [
    "react",
    reader(clientFrames.react, ({ peer_id, message_id, emoji }) =>
      emoji === null || isEmoji(emoji)
        ? { type: "react", peerId: peer_id, messageId: message_id, emoji }
        : "`emoji` is wrong: it is one emoji of the standard (RGI), or null.",
    ),
  ],
  [
    "unsend",
    reader(clientFrames.unsend, ({ peer_id, message_id }) => ({
      type: "unsend",
      peerId: peer_id,
      messageId: message_id,
    })),
  ],
  ["rename", reader(clientFrames.rename, ({ name }) => renameTo(name))],
  ["watch", reader(clientFrames.watch, ({ user_ids }) => ({ type: "watch", userIds: eachOnce(user_ids) }))],
  ["unwatch", reader(clientFrames.unwatch, ({ user_ids }) => ({ type: "unwatch", userIds: user_ids }))],
  ["status", reader(clientFrames.status, ({ status }) => ({ type: "status", away: status === "away" }))],
  ["block", reader(clientFrames.block, ({ user_id }) => ({ type: "block", userId: user_id }))],
  ["unblock", reader(clientFrames.unblock, ({ user_id }) => ({ type: "unblock", userId: user_id }))],
  ["leave", reader(clientFrames.leave, () => ({ type: "leave" }))],
  ["ping", reader(clientFrames.ping, () => ({ type: "ping" }))],
])

function reader<T extends TObject>(
  schema: T,
  command: (frame: Static<T>) => Command | Ping | string,
): FrameReader {
  const check = TypeCompiler.Compile(schema)
  return (frame) => (check.Check(frame) ? command(frame) : wrongField(check, frame))
}

/** Each id is answered: naming one a hundred times asks no more than naming it once. */
function eachOnce(ids: readonly string[]): readonly string[] {
  return ids.length < 2 ? ids : [...new Set(ids)]
}

function renameTo(raw: string): Command | string {
  const checked = checkName(raw)
  if ("refused" in checked) return `\`name\` is wrong: ${checked.refused}`
  return checked.name === "" ? "`name` is empty: choose one." : { type: "rename", name: checked.name }
}

function wrongField(check: TypeCheck<TObject>, frame: object): string {
  const error = check.Errors(frame).First()
  const field = error?.path.slice(1).replaceAll("/", ".") ?? ""
  if (error === undefined || error.value === undefined) return `\`${field}\` is missing.`
  const { description } = error.schema
  if (description !== undefined) return `\`${field}\` is wrong: it is ${description}.`
  return `\`${field}\` is wrong: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}.`
}
