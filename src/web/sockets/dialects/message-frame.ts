import { Ring } from "../../../actor/index.ts"
import type { Message } from "../../../chat/message.ts"

const head = '{"type":"chat_message",'
const tail = "}}"

/** Frames are kept for a moment, so that the echo and the peer's copy are encoded once. */
const kept = new Ring<Message>()
/** In characters, over all messages. */
const keptAtMost = 131_072
let keptNow = 0

/** A message in the classic protocol: the echo and the peer's copy are the same frame. */
export function messageFrame(message: Message): string {
  return message.frame ?? keep(message, encode(message))
}

function encode(message: Message): string {
  return JSON.stringify({
    type: "chat_message",
    message: {
      id: message.id,
      sender_id: message.senderId,
      receiver_id: message.receiverId,
      content: message.content,
      timestamp: timestamp(message.at),
    },
  })
}

function keep(message: Message, frame: string): string {
  message.frame = frame
  kept.push(message)
  keptNow += frame.length
  while (keptNow > keptAtMost) {
    const oldest = kept.take()
    keptNow -= oldest.frame?.length ?? 0
    oldest.frame = undefined
  }
  return frame
}

/** The same with what differs from session to session spliced around it, so that its content is encoded once. */
export function numberedFrame(message: Message, seq: number, clientId: string | undefined): string {
  const own = clientId === undefined ? "" : `"client_id":${JSON.stringify(clientId)},`
  const reply = message.replyTo === undefined ? "" : `,"reply_to":${JSON.stringify(message.replyTo)}`
  return `${head}"seq":${seq},${own}${messageFrame(message).slice(head.length, -tail.length)}${reply}${tail}`
}

let lastAt = Number.NaN
let lastTimestamp = ""

/** ISO 8601 in UTC. Under load many messages share a millisecond: the last one is remembered. */
function timestamp(at: number): string {
  if (at !== lastAt) {
    lastAt = at
    lastTimestamp = new Date(at).toISOString()
  }
  return lastTimestamp
}
