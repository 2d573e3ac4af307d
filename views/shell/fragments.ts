import { type Html, html } from "../html.ts"
import { message, unsentBubble } from "../message/message.ts"
import { reactionChips } from "../message/reactions.ts"
import type {
  ConversationSummary,
  Line,
  PeopleOnline,
  Person,
  Reaction,
  UndeliveredReason,
} from "../model.ts"
import { meSummary } from "../settings/me.ts"
import { conversationList, conversationRow } from "../sidebar/conversation-list.ts"
import { peopleList, peopleTotal } from "../sidebar/people-list.ts"
import { beginning } from "../transcript/landmarks.ts"
import { peerHeader, peerNotice, peerState } from "../transcript/peer-header.ts"
import { undeliveredNote } from "../transcript/undelivered.ts"

/**
 * Each is aimed at an id that names its place; a tab that does not show that place drops it. The target of a
 * list is what holds it: htmx sets up each child of a target anew, and that is one list and not fifty rows.
 */

/** A line at the end of the conversation with `peerId`, where that is open. */
export function messageArrived(peerId: string, line: Line): Html {
  return partial(`#transcript-${peerId}`, "beforeend", message(line))
}

/** Who is online, the same for all who read it. */
export function peopleChanged(online: PeopleOnline): Html {
  return partial("#people-part", "innerMorph", peopleList(online))
}

/** How many are online, where to list them would cost too much: the rows stay as they were. */
export function peopleCounted(total: number): Html {
  return partial("#people-total", "outerMorph", peopleTotal(total, total))
}

/** One person's own conversations, newest first. */
export function conversationsChanged(list: readonly ConversationSummary[]): Html {
  return partial("#conversations-part", "innerMorph", conversationList(list))
}

/** Single rows of that list; the page has put a place for each where it belongs. */
export function conversationRowsChanged(rows: readonly ConversationSummary[]): Html {
  return html`${rows.map((row) => partial(`#c-${row.peer.id}`, "outerMorph", conversationRow(row, "c")))}`
}

/** The state of somebody talked with, in the header and above the composer; or the reader's own new name. */
export function peerChanged(peer: Person): Html {
  if (peer.name === "") return strangerChanged(peer)
  return html`${partial(`#peer-${peer.id}`, "innerMorph", peerHeader(peer))}${partial(`#peer-notice-${peer.id}`, "innerMorph", peerNotice(peer))}${partial(`#beginning-${peer.id}`, "innerMorph", beginning(peer))}${meChanged(peer)}`
}

/** The reader's own name, in a page of theirs. */
export function meChanged(me: Person): Html {
  return partial(`#me-${me.id}`, "innerMorph", meSummary(me))
}

/** Of somebody whose name is gone with them, where a page that still shows it keeps it. */
function strangerChanged(peer: Person): Html {
  return html`${partial(`#peer-${peer.id} .state`, "outerMorph", peerState(peer))}${partial(`#peer-notice-${peer.id}`, "innerMorph", peerNotice(peer))}`
}

/** All reactions that a message has now. */
export function messageReactions(messageId: string, reactions: readonly Reaction[]): Html {
  return partial(`#r-${messageId}`, "innerMorph", reactionChips(reactions))
}

/** Takes the words of a message away. */
export function messageUnsent(messageId: string): Html {
  return partial(`#m-${messageId} .bubble`, "outerMorph", unsentBubble())
}

/** Marks one's own message that will never arrive. */
export function messageUndelivered(messageId: string, reason: UndeliveredReason): Html {
  return partial(`#m-${messageId} .notes`, "afterbegin", undeliveredNote(messageId, reason))
}

function partial(
  target: string,
  swap: "afterbegin" | "beforeend" | "innerMorph" | "outerMorph",
  inner: Html,
): Html {
  return html`<hx-partial hx-target="${target}" hx-swap="${swap}">${inner}</hx-partial>`
}
