import { type Html, html } from "../html.ts"
import type { Person } from "../model.ts"
import { avatar } from "../sidebar/avatar.ts"
import { markBeside } from "../sidebar/identity.ts"
import { statusWords } from "../sidebar/person-words.ts"

/** Inner of `#peer-<id>`: who is talked with, and whether they are here. All else that names them reads it here. */
export function peerHeader(peer: Person): Html {
  return html`${avatar(peer)}<span class="who"><bdi translate="no" class="name" id="name-${peer.id}">${peer.name}</bdi>${markBeside(peer)}</span>${peerState(peer)}<span class="typing" aria-hidden="true">typing…</span>`
}

/** Whether they are here, in a word. */
export function peerState(peer: Person): Html {
  return html`<span class="state" data-status="${peer.status}">${statusWords(peer)}</span>`
}

/** Inner of `#peer-notice-<id>`: a word above the composer when nobody may read what is written there. */
export function peerNotice(peer: Person): Html {
  const who = peer.name === "" ? "They" : html`<bdi translate="no">${peer.name}</bdi>`
  switch (peer.status) {
    case "offline":
      return html`<p class="notice">${who} ${peer.name === "" ? "are" : "is"} offline and may be back: what you write waits for them a while.</p>`
    case "gone":
      return html`<p class="notice">${who} ${peer.name === "" ? "have" : "has"} left. Nothing was kept; what you see goes when you leave too.</p>`
    default:
      return html``
  }
}
