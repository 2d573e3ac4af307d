import { conversationRows } from "./conversation-list.ts"
import { type Html, html } from "./html.ts"
import { message, undeliveredNote } from "./message.ts"
import type { ConversationSummary, Line, PeopleOnline, Person, UndeliveredReason } from "./model.ts"
import { peerHeader, peerNotice } from "./peer-header.ts"
import { peopleRows, peopleTotal } from "./people-list.ts"

/** Each is aimed at an id that names its place; a tab that does not show that place drops it. */

/** A line at the end of the conversation with `peerId`, where that is open. */
export function messageArrived(peerId: string, line: Line): Html {
  return partial(`#transcript-${peerId}`, "beforeend", message(line))
}

/** Everybody online, the same for all who read it. */
export function peopleChanged(online: PeopleOnline): Html {
  return html`${partial("#people", "innerMorph", peopleRows(online.people))}${partial("#people-total", "innerMorph", peopleTotal(online))}`
}

/** One person's own conversations, newest first. */
export function conversationsChanged(list: readonly ConversationSummary[]): Html {
  return partial("#conversations", "innerMorph", conversationRows(list))
}

/** The state of somebody talked with, in the header and above the composer. */
export function peerChanged(peer: Person): Html {
  return html`${partial(`#peer-${peer.id}`, "innerMorph", peerHeader(peer))}${partial(`#peer-notice-${peer.id}`, "innerMorph", peerNotice(peer))}`
}

/** Marks one's own message that will never arrive. */
export function messageUndelivered(messageId: string, reason: UndeliveredReason): Html {
  return partial(`#m-${messageId} .notes`, "beforeend", undeliveredNote(messageId, reason))
}

function partial(target: string, swap: "beforeend" | "innerMorph", inner: Html): Html {
  return html`<hx-partial hx-target="${target}" hx-swap="${swap}">${inner}</hx-partial>`
}
