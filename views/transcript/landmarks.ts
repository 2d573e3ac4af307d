import { type Html, html } from "../html.ts"
import type { Person } from "../model.ts"
import { avatar } from "../sidebar/avatar.ts"
import { markBeside } from "../sidebar/identity.ts"

/** Inner of `#beginning-<id>`, above the first line that was ever said. */
export function beginning(peer: Person): Html {
  return html`${avatar(peer)}<p class="who"><bdi translate="no" class="name">${peer.name}</bdi>${markBeside(peer)}</p><p class="fine">This is the beginning. Nothing here is stored.</p>`
}

/** In the place of the beginning, when that is gone. */
export function earlierGone(): Html {
  return html`<p class="fine earlier" title="The server keeps the latest messages alone, and only while you are here.">Earlier messages are not kept.</p>`
}

/**
 * In the place of either, where there are earlier lines: they come by themselves as the reader nears them. The link is
 * for a keyboard, for another attempt, and for a browser without scripts.
 */
export function earlierLink(peerId: string, before: string): Html {
  const address = `${peerId}?before=${before}`
  return html`<p class="fine earlier sooner" x-data="earlier" @htmx:before:request="ask()" @htmx:before:response="answer($event)" @htmx:before:swap="swap()" @htmx:error="fail()"><span class="failure" role="status" x-text="hasFailed ? 'Earlier messages could not be fetched.' : ''"></span> <a class="quiet" href="${address}" hx-get="${address}" hx-trigger="click, intersect root:.scroller rootMargin:600px" hx-target="closest p" hx-swap="outerHTML" hx-sync="this:drop" hx-push-url="false" x-text="hasFailed ? 'Try again' : 'Earlier messages'">Earlier messages</a></p>`
}

/** Above the first line that the reader has not seen; the page draws its own for what arrives later. */
export function unreadDivider(): Html {
  return html`<p class="fresh">New</p>`
}
