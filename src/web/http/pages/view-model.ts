import type {
  ConversationSummary,
  Line,
  OpenConversation,
  PeopleOnline,
  Person,
  Progress,
  Reaction,
} from "../../../../views/model.ts"
import type { PeopleList } from "../../../chat/presence/announcer.ts"
import type { Entry, Person as Peer, Reactions, Talk } from "../../../chat/session/delivery/conversation.ts"
import { isWithin } from "../../../chat/session/delivery/message-ranges.ts"
import type { OpenTalk } from "../../../chat/session/snapshot.ts"

/** Converts a domain's person to the views' form. */
export function personOf({ id, name, online, away, gone, double }: Peer): Person {
  const status = gone ? "gone" : !online ? "offline" : away ? "away" : "online"
  return { id, name, status, ...(double && { marked: true }) }
}

/** How many people the list of who is online shows; a search finds the others. */
export const listedPeople = 50

/** The latest people online, with the total. */
export function peopleOf({ members, total }: Omit<PeopleList, "version">): PeopleOnline {
  return { people: members.slice(-listedPeople).map(personOf), total }
}

export function lineOf({ seq, message, own, clientId }: Omit<Entry, "type">): Line {
  const { replyTo, unsent } = message
  return {
    id: message.id,
    seq,
    own,
    content: message.content,
    at: message.at,
    ...(clientId !== undefined && { clientId }),
    ...(replyTo !== undefined && { replyTo }),
    ...(unsent && { unsent }),
  }
}

/** The reactions of the peer and of the reader, who is the other one of the two. */
export function reactionsOf(reactions: Reactions, peerId: string): Reaction[] {
  const emojis = new Set(reactions.values())
  const theirs = reactions.get(peerId)
  const mine = [...reactions].find(([userId]) => userId !== peerId)?.[1]
  return [...emojis].map((emoji) => ({ emoji, mine: emoji === mine, theirs: emoji === theirs }))
}

export function summaryOf({ peer, last, unread }: Talk): ConversationSummary {
  if (last === undefined) return { peer: personOf(peer), unread }
  const { content, at, unsent } = last.message
  return { peer: personOf(peer), last: { content, at, own: last.own, unsent }, unread }
}

export function openConversationOf(talk: OpenTalk, blocked: boolean): OpenConversation {
  const { peer, entries, earlier, truncated, unread, firstUnread } = talk
  const lines = entries.map((entry) => markedLineOf(entry, talk))
  return {
    peer: personOf(peer),
    lines,
    earlier,
    truncated,
    unread,
    ...(firstUnread !== undefined && { firstUnread }),
    blocked,
  }
}

function markedLineOf(entry: Entry, { peer, undelivered, reactions, answered, ...talk }: OpenTalk): Line {
  const { id, replyTo } = entry.message
  const said = replyTo === undefined ? undefined : answered.get(replyTo)
  const reason = undelivered.get(id)
  const reacted = reactions.get(id)
  return {
    ...lineOf(entry),
    ...(entry.own && { progress: progressOf(id, talk) }),
    ...(said !== undefined && { answered: said }),
    ...(reason !== undefined && { undelivered: reason }),
    ...(reacted !== undefined && { reactions: reactionsOf(reacted, peer.id) }),
  }
}

/** A status holds for all earlier messages that were not suppressed. */
function progressOf(
  id: string,
  { progress, suppressed }: Pick<OpenTalk, "progress" | "suppressed">,
): Progress {
  if (isWithin(suppressed, id)) return "accepted"
  if (id <= (progress.get("seen") ?? "")) return "seen"
  return id <= (progress.get("delivered") ?? "") ? "delivered" : "accepted"
}
