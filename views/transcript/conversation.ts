import { composer } from "../composer/composer.ts"
import { type Html, html } from "../html.ts"
import type { OpenConversation, Pane } from "../model.ts"
import { emptyState } from "../shell/empty-state.ts"
import { backIcon, downIcon } from "../shell/icons.ts"
import { findBar, findButton } from "./finder.ts"
import { peerHeader, peerNotice } from "./peer-header.ts"
import { blockedNotice, peerMenu } from "./peer-menu.ts"
import { transcript } from "./transcript.ts"

/** Inner of `#conversation`. */
export function conversationPane(pane: Pane): Html {
  return pane.open === undefined ? emptyState(pane.echo, pane.origin) : talk(pane.open, pane)
}

/** The document's title while this is open. */
export function conversationTitle(open?: OpenConversation): string {
  return open === undefined ? "Duet" : `${open.peer.name} · Duet`
}

function talk(open: OpenConversation, { me, contentLimit, seq }: Pane): Html {
  const { peer, unread = 0, firstUnread, blocked } = open
  return html`<section class="talk" data-peer="${peer.id}" data-seq="${seq}" data-unread="${unread}"${firstUnread !== undefined && html` data-first-unread="${firstUnread}"`} aria-label="Conversation">
<header class="talk-header"><a class="back" href="./" hx-get="./" aria-label="Back to the list">${backIcon}</a><h2 class="peer" id="peer-${peer.id}" tabindex="-1"${blocked && html` data-blocked`}>${peerHeader(peer)}</h2>${findButton()}${peerMenu(peer, me, blocked)}</header>
${findBar(peer.id)}
<div class="scroller" tabindex="0" role="group" aria-label="Messages"><div class="scrolled">
${transcript(open)}
<p class="typing-bubble" role="status"></p>
</div></div>
<div class="talk-footer">
<button class="latest" type="button" aria-label="Go to the newest message" hidden x-data :hidden="!$store.unread.isOffered" :aria-label="$store.unread.label" @click="$store.unread.go($el)">${downIcon}<span class="count" x-text="$store.unread.words"></span></button>
${blocked && blockedNotice(peer, me)}
<div class="peer-notice" id="peer-notice-${peer.id}" role="status">${peerNotice(peer)}</div>
${composer(peer, contentLimit)}
<p class="fine">Nothing here is stored. It ends when you both leave.</p>
</div>
</section>`
}
