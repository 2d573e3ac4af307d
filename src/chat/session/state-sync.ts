import type { Contacts } from "./contacts.ts"
import type { Conversation } from "./delivery/conversation.ts"
import type { Journal } from "./delivery/journal.ts"
import type { Undelivered } from "./delivery/undelivered.ts"
import type { SessionEvent } from "./outlet.ts"

/**
 * What an outlet must know beside the messages, told after a replay. How far messages have come is said of all but those
 * reported undelivered, so these come first.
 */
export function* stateSync(
  journal: Journal,
  undelivered: Undelivered,
  people: Contacts,
): Iterable<SessionEvent> {
  for (const loss of undelivered.all()) yield { type: "undelivered", ...loss }
  for (const conversation of journal.conversations.values()) yield* marksOf(conversation)
  for (const person of people.known()) yield { type: "presence", person }
}

function* marksOf({ peer, entries, reactions, progress, suppressed }: Conversation): Iterable<SessionEvent> {
  const peerId = peer.id
  for (const [messageId, each] of reactions) yield { type: "reactions", peerId, messageId, reactions: each }
  for (const { message } of entries) {
    if (message.unsent) yield { type: "unsent", peerId, messageId: message.id }
  }
  for (const [step, messageId] of progress)
    yield { type: "progress", peerId, messageId, progress: step, suppressed }
}
