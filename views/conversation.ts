import { composer } from "./composer.ts"
import { emptyState } from "./empty-state.ts"
import { type Html, html } from "./html.ts"
import { backIcon, downIcon } from "./icons.ts"
import { message } from "./message.ts"
import { messageMenu } from "./message-menu.ts"
import type { OpenConversation, Pane } from "./model.ts"
import { peerHeader, peerNotice } from "./peer-header.ts"
import { blockedNotice, peerMenu } from "./peer-menu.ts"

/** Inner of `#conversation`. */
export function conversationPane(pane: Pane): Html {
  return pane.open === undefined ? emptyState(pane.echo, pane.origin) : talk(pane.open, pane)
}

/** The document's title while this is open. */
export function conversationTitle(open?: OpenConversation): string {
  return open === undefined ? "Duet" : `${open.peer.name} · Duet`
}

function talk({ peer, lines, truncated, blocked }: OpenConversation, { me, contentLimit, seq }: Pane): Html {
  return html`<section class="talk" data-peer="${peer.id}" data-name="${peer.name}" data-seq="${seq}" aria-label="Conversation">
<header class="talk-header"><a class="back" href="./" hx-get="./" aria-label="Back to the list">${backIcon}</a><h2 class="peer" id="peer-${peer.id}">${peerHeader(peer)}</h2>${peerMenu(peer, me, blocked)}</header>
<div class="scroller" tabindex="0" role="group" aria-label="Messages"><div class="scrolled">
${truncated && html`<p class="fine">Earlier messages have been let go.</p>`}
<div class="transcript" role="log" id="transcript-${peer.id}" aria-label="Conversation with ${peer.name}">${lines.map(message)}</div>
<p class="typing-bubble" role="status"></p>
</div></div>
<div class="talk-footer">
<button class="latest" type="button" hidden>${downIcon}New messages</button>
<div id="peer-notice-${peer.id}" role="status">${peerNotice(peer)}</div>
${blocked && blockedNotice(peer, me)}
${composer(peer, contentLimit)}
<p class="fine">Nothing here is stored. It ends when you both leave.</p>
</div>
${messageMenu()}
</section>`
}
