import type { Contacts } from "../contacts.ts"
import type { Conversation, Entry } from "../delivery/conversation.ts"
import type { Journal } from "../delivery/journal.ts"
import type { Undelivered } from "../delivery/undelivered.ts"
import type { SessionEvent } from "../session-message.ts"

type Progressed = Extract<SessionEvent, { type: "progress" }>

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

/** What an outlet must know of an own message beside the message, told after its echo. */
export function* outcomeOf(
  { message: { id, receiverId, unsent } }: Entry,
  { conversations }: Journal,
  undelivered: Undelivered,
): Iterable<SessionEvent> {
  if (unsent) yield { type: "unsent", peerId: receiverId, messageId: id }
  const loss = undelivered.find(id)
  if (loss !== undefined) return yield { type: "undelivered", ...loss }
  const conversation = conversations.get(receiverId)
  if (conversation === undefined) return
  for (const progressed of progressOf(conversation)) if (id <= progressed.messageId) yield progressed
}

function* marksOf(conversation: Conversation): Iterable<SessionEvent> {
  const { peer, entries, reactions } = conversation
  const peerId = peer.id
  for (const [messageId, each] of reactions) yield { type: "reactions", peerId, messageId, reactions: each }
  for (const { message } of entries) {
    if (message.unsent) yield { type: "unsent", peerId, messageId: message.id }
  }
  yield* progressOf(conversation)
}

function* progressOf({ peer, progress, suppressed }: Conversation): Iterable<Progressed> {
  for (const [step, messageId] of progress)
    yield { type: "progress", peerId: peer.id, messageId, progress: step, suppressed }
}
