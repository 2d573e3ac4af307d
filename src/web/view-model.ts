import type { ConversationSummary, Line, OpenConversation, PeopleOnline, Person } from "../../views/model.ts"
import type { PeopleList } from "../chat/announcer.ts"
import type { Entry, Person as Peer, Talk } from "../chat/conversation.ts"
import type { OpenTalk } from "../chat/snapshot.ts"

/** From the domain's values to those that the views take. */
export function personOf({ id, name, online, away }: Peer): Person {
  return { id, name, status: !online ? "offline" : away ? "away" : "online" }
}

export function peopleOf({ members, total }: Omit<PeopleList, "version">): PeopleOnline {
  return { people: members.map(personOf), total }
}

export function lineOf(
  { message, own, clientId }: Pick<Entry, "message" | "own" | "clientId">,
  undelivered = false,
): Line {
  return {
    id: message.id,
    own,
    content: message.content,
    at: message.at,
    ...(clientId !== undefined && { clientId }),
    ...(undelivered && { undelivered }),
  }
}

export function summaryOf({ peer, last, unread }: Talk): ConversationSummary {
  return {
    peer: personOf(peer),
    ...(last && { last: { content: last.message.content, at: last.message.at, own: last.own } }),
    unread,
  }
}

export function openConversationOf({ peer, entries, truncated, undelivered }: OpenTalk): OpenConversation {
  const lines = entries.map((entry) => lineOf(entry, undelivered.has(entry.message.id)))
  return { peer: personOf(peer), lines, truncated }
}
