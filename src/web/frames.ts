import { type Static, type TObject, Type } from "@sinclair/typebox"
import { type TypeCheck, TypeCompiler } from "@sinclair/typebox/compiler"
import type { Command } from "../chat/session-message.ts"

const userId = Type.String({ minLength: 1, maxLength: 64 })

const classicMessage = Type.Object({ receiver_id: userId, content: Type.String() })

const message = Type.Object({
  receiver_id: userId,
  content: Type.String(),
  client_id: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
})

const seen = Type.Object({ peer_id: userId, message_id: Type.String({ minLength: 1, maxLength: 64 }) })

const watch = Type.Object({ user_ids: Type.Array(userId, { maxItems: 100 }) })

const ack = Type.Object({ seq: Type.Integer({ minimum: 0 }) })

/** Reads one type of frame: what it asks of the session, or in words which field is wrong. */
export type FrameReader = (frame: object) => Command | string

/** The types of frame that a dialect understands, by their `type`. */
export type Vocabulary = ReadonlyMap<string, FrameReader>

export const classicVocabulary: Vocabulary = new Map([
  [
    "chat_message",
    reader(classicMessage, ({ receiver_id, content }) => ({
      type: "say",
      receiverId: receiver_id,
      content,
      clientId: undefined,
    })),
  ],
])

export const pageVocabulary: Vocabulary = new Map([
  [
    "chat_message",
    reader(message, ({ receiver_id, content, client_id }) => ({
      type: "say",
      receiverId: receiver_id,
      content,
      clientId: client_id,
    })),
  ],
  [
    "seen",
    reader(seen, ({ peer_id, message_id }) => ({ type: "seen", peerId: peer_id, messageId: message_id })),
  ],
  ["watch", reader(watch, ({ user_ids }) => ({ type: "watch", userIds: user_ids }))],
  ["ack", reader(ack, ({ seq }) => ({ type: "ack", seq }))],
])

function reader<T extends TObject>(schema: T, command: (frame: Static<T>) => Command): FrameReader {
  const check = TypeCompiler.Compile(schema)
  return (frame) => (check.Check(frame) ? command(frame) : wrongField(check, frame))
}

function wrongField(check: TypeCheck<TObject>, frame: object): string {
  const error = check.Errors(frame).First()
  const field = error?.path.slice(1).replaceAll("/", ".") ?? ""
  if (error === undefined || error.value === undefined) return `\`${field}\` is missing.`
  return `\`${field}\` is wrong: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}.`
}
