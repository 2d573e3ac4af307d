import { avatar } from "./avatar.ts"
import { type Html, html, type Value } from "./html.ts"
import { idMark } from "./identity.ts"
import type { ConversationSummary } from "./model.ts"
import { time } from "./time.ts"

/** The rows of one's own conversations; the page marks the open one, for only it knows what a tab shows. */
export function conversationRows(conversations: readonly ConversationSummary[]): Html {
  return html`${conversations.map(row)}`
}

function row({ peer, last, unread }: ConversationSummary): Html {
  return html`<li id="c-${peer.id}"><a class="row" href="${peer.id}" hx-get="${peer.id}" aria-description="${idMark(peer.id)}, ${peer.status}">${avatar(peer)}<span class="who"><bdi class="name">${peer.name}</bdi><code class="mark">${idMark(peer.id)}</code></span>${last !== undefined && html`<span class="when">${time(last.at)}</span>`}<span class="last" dir="auto"><span class="preview">${lastWords(last, peer.status === "offline" && unread === 0)}</span></span>${unread > 0 && html`<span class="unread" data-unread="${unread}">${unread > 99 ? "99+" : unread}<span class="sr-only"> unread</span></span>`}</a></li>`
}

function lastWords(last: ConversationSummary["last"], left: boolean): Value {
  if (left) return "Left. Nothing was kept."
  if (last === undefined) return "Say hello."
  return [
    last.own && html`<span class="you">You: </span>`,
    last.unsent ? "Message unsent" : firstWords(last.content),
  ]
}

/** What fits a row; the whole of a long message in every list would be sent for nothing. */
function firstWords(content: string): string {
  const words = Array.from(content.slice(0, 240)).slice(0, 100).join("")
  return words.replace(/\s+/gu, " ").toWellFormed()
}
