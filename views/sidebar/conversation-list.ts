import { type Html, html, type Value } from "../html.ts"
import { inWords } from "../message/unseen.ts"
import type { ConversationSummary } from "../model.ts"
import { time } from "../shell/time.ts"
import { fitting, room } from "../transcript/fitting.ts"
import { avatar } from "./avatar.ts"
import { markBeside } from "./identity.ts"
import { describedAs } from "./person-words.ts"

/** Inner of `#conversations-part`: one's own; the page marks the open one, for only it knows what a tab shows. */
export function conversationList(conversations: readonly ConversationSummary[]): Html {
  const rows = fitting(conversations, room.conversations, (each) => conversationRow(each, "c"))
  return html`<h2 id="conversations-heading">Conversations</h2><ul id="conversations" aria-labelledby="conversations-heading">${rows}</ul>`
}

/** One row; `list` sets its id apart from that of the same person in another list. */
export function conversationRow(talk: ConversationSummary, list: "c" | "f"): Html {
  const { peer, last, unread } = talk
  return html`<li id="${list}-${peer.id}"><a class="row" href="${peer.id}" hx-get="${peer.id}" aria-description="${describedAs(peer)}">${avatar(peer)}<span class="who"><bdi translate="no" class="name">${peer.name}</bdi>${markBeside(peer)}</span>${last !== undefined && html`<span class="when">${time(last.at)}</span>`}<span class="last" dir="auto"><span class="preview">${preview(talk)}</span></span>${unread > 0 && html`<span class="unread" data-unread="${unread}">${unread > 99 ? "99+" : unread}<span class="sr-only"> unread</span></span>`}</a></li>`
}

/** What was said last; once that is read, of somebody who is not here, where they are. */
function preview({ peer, last, unread }: ConversationSummary): Value {
  if (unread === 0 && peer.status === "gone") return "Left. Nothing was kept."
  if (unread === 0 && peer.status === "offline") return "Offline, may be back."
  if (last === undefined) return "Say hello."
  return [
    last.own && html`<span class="you">You: </span>`,
    last.unsent ? "Message unsent" : firstWords(last.content),
  ]
}

/** What fits a row; the whole of a long message in every list would be sent for nothing. */
function firstWords(content: string): string {
  return inWords(Array.from(content.slice(0, 240)).slice(0, 100).join("")).toWellFormed()
}
