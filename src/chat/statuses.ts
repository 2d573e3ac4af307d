import type { Conversation } from "./conversation.ts"
import type { SessionEvent } from "./outlet.ts"

/** What an outlet must know of a conversation beside its messages, told after a replay. */
export function* statusesOf({
  peer,
  entries,
  undelivered,
  reactions,
  progress,
}: Conversation): Iterable<SessionEvent> {
  const peerId = peer.id
  for (const [messageId, each] of reactions) yield { type: "reactions", peerId, messageId, reactions: each }
  for (const { message } of entries)
    if (message.unsent) yield { type: "unsent", peerId, messageId: message.id }
  for (const [step, messageId] of progress) yield { type: "progress", peerId, messageId, progress: step }
  for (const [messageId, reason] of undelivered) yield { type: "undelivered", peerId, messageId, reason }
}
