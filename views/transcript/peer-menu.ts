import { type Html, html } from "../html.ts"
import type { Person } from "../model.ts"
import { moreIcon } from "../shell/icons.ts"

/** What can be done about the person talked with: plain forms, which need no script. */
export function peerMenu(peer: Person, me: string, blocked: boolean): Html {
  const words = blocked
    ? "You will hear from them again."
    : "Nothing from them will reach you. They are not told."
  return html`<div class="menu peer-menu"><button type="button" popovertarget="peer-panel" aria-label="About this conversation">${moreIcon}</button>
<div class="panel" id="peer-panel" popover><button class="quiet" type="button" popovertarget="peer-panel" popovertargetaction="hide" data-mute hidden><span><span class="act">Mute</span> <bdi translate="no">${peer.name}</bdi></span></button>${blockForm(peer, me, blocked)}<p class="fine">${words}</p><button class="quiet keys" type="button" data-keys>Keyboard shortcuts</button></div></div>`
}

/** Above the composer while nothing from the peer is heard. */
export function blockedNotice(peer: Person, me: string): Html {
  return html`<div class="notice blocked-notice"><p>You blocked <bdi translate="no">${peer.name}</bdi>: nothing from them reaches you.</p>${blockForm(peer, me, true)}</div>`
}

/** One press blocks, or unblocks a blocked user. */
export function blockForm(peer: Person, me: string, blocked: boolean): Html {
  const act = blocked ? "unblock" : "block"
  return html`<form method="post" action="/u/${me}/${act}"><input type="hidden" name="user_id" value="${peer.id}"><button class="quiet" type="submit"><span>${blocked ? "Unblock" : "Block"} <bdi translate="no">${peer.name}</bdi></span></button></form>`
}
