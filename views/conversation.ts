import { composer } from "./composer.ts"
import { emptyState } from "./empty-state.ts"
import { findBar, findButton } from "./find-words.ts"
import { type Html, html, type Value } from "./html.ts"
import { backIcon, downIcon } from "./icons.ts"
import { beginning, earlierGone, unreadDivider } from "./landmarks.ts"
import { message } from "./message.ts"
import { messageMenu } from "./message-menu.ts"
import type { OpenConversation, Pane } from "./model.ts"
import { peerHeader, peerNotice } from "./peer-header.ts"
import { blockedNotice, peerMenu } from "./peer-menu.ts"
import { neighboursOf } from "./runs.ts"

/** Inner of `#conversation`. */
export function conversationPane(pane: Pane): Html {
  return pane.open === undefined ? emptyState(pane.echo, pane.origin) : talk(pane.open, pane)
}

/** The document's title while this is open. */
export function conversationTitle(open?: OpenConversation): string {
  return open === undefined ? "Duet" : `${open.peer.name} · Duet`
}

function talk(open: OpenConversation, { me, contentLimit, seq }: Pane): Html {
  const { peer, truncated, unread = 0, blocked } = open
  return html`<section class="talk" data-peer="${peer.id}" data-seq="${seq}" data-unread="${unread}" aria-label="Conversation">
<header class="talk-header"><a class="back" href="./" hx-get="./" aria-label="Back to the list">${backIcon}</a><h2 class="peer" id="peer-${peer.id}"${blocked && html` data-blocked`}>${peerHeader(peer)}</h2>${findButton()}${peerMenu(peer, me, blocked)}</header>
${findBar()}
<div class="scroller" tabindex="0" role="group" aria-label="Messages"><div class="scrolled">
${truncated ? earlierGone() : html`<div class="beginning" id="beginning-${peer.id}">${beginning(peer)}</div>`}
<div class="transcript" role="log" id="transcript-${peer.id}" aria-label="Conversation with" aria-labelledby="transcript-${peer.id} name-${peer.id}">${transcript(open)}</div>
<p class="typing-bubble" role="status"></p>
</div></div>
<div class="talk-footer">
<button class="latest" type="button" aria-label="Go to the newest message" hidden>${downIcon}<span class="count"></span></button>
${blocked && blockedNotice(peer, me)}
<div class="peer-notice" id="peer-notice-${peer.id}" role="status">${peerNotice(peer)}</div>
${composer(peer, contentLimit)}
<p class="fine">Nothing here is stored. It ends when you both leave.</p>
</div>
${messageMenu()}
</section>`
}

/** The lines in order, with a divider above the first that its reader has not seen. */
function transcript({ lines, unread = 0 }: OpenConversation): Value {
  const firstUnread = unread > 0 ? lines.filter(({ own }) => !own).at(-unread) : undefined
  return lines.map((line, i) => [
    line === firstUnread && unreadDivider(),
    message(line, neighboursOf(lines, i, firstUnread)),
  ])
}
