import type { Message } from "../../../chat/message.ts"
import type { ClassicServerFrame } from "../../../wire/classic.ts"

const head = '{"type":"chat_message",'
const tail = "}}"

/** A cache for the echo and the peer's copy, in two halves: when the newer one is full, the older one is dropped. */
let newer = new Map<Message, string>()
let older = new Map<Message, string>()
/** In characters. */
const half = 65_536
let length = 0

/** A message in the classic protocol: the echo and the peer's copy are the same frame. */
export function messageFrame(message: Message): string {
  return newer.get(message) ?? older.get(message) ?? keep(message, encode(message))
}

function encode(message: Message): string {
  const frame: ClassicServerFrame = {
    type: "chat_message",
    message: {
      id: message.id,
      sender_id: message.senderId,
      receiver_id: message.receiverId,
      content: message.content,
      timestamp: timestamp(message.at),
    },
  }
  return JSON.stringify(frame)
}

function keep(message: Message, frame: string): string {
  if (frame.length > half) return frame
  if (length + frame.length > half) {
    older = newer
    newer = new Map()
    length = 0
  }
  newer.set(message, frame)
  length += frame.length
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
