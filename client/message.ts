import type { Message, MessageChange } from "./events.ts"
import type { ChangeFrame, MessageFrame } from "./frames.ts"

/** Makes the program's view of a message from its frame. */
export function messageOf({ seq, message }: MessageFrame, userId: string): Message {
  const { id, sender_id, receiver_id, content, timestamp, reply_to } = message
  const mine = sender_id === userId
  return {
    seq,
    id,
    senderId: sender_id,
    receiverId: receiver_id,
    peerId: mine ? receiver_id : sender_id,
    mine,
    content,
    timestamp,
    ...(reply_to !== undefined && { replyTo: reply_to }),
  }
}

export function changeOf({ peer_id, message_id, reactions, unsent }: ChangeFrame): MessageChange {
  return {
    peerId: peer_id,
    messageId: message_id,
    ...(reactions !== undefined && {
      reactions: reactions.map(({ user_id, emoji }) => ({ userId: user_id, emoji })),
    }),
    ...(unsent === true && { unsent }),
  }
}
