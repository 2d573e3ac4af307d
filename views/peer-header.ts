import { avatar } from "./avatar.ts"
import { type Html, html } from "./html.ts"
import { idMark } from "./identity.ts"
import type { Person } from "./model.ts"

/** Inner of `#peer-<id>`: who is talked with, and whether they are here. */
export function peerHeader(peer: Person): Html {
  return html`${avatar(peer)}<span class="who"><bdi class="name">${peer.name}</bdi><code class="mark">${idMark(peer.id)}</code></span>${peerState(peer)}<span class="typing" aria-hidden="true">typing…</span>`
}

/** Whether they are here, in a word. */
export function peerState(peer: Person): Html {
  return html`<span class="state" data-status="${peer.status}">${stateWords(peer)}</span>`
}

/** Inner of `#peer-notice-<id>`: a word above the composer when nobody may read what is written there. */
export function peerNotice(peer: Person): Html {
  if (peer.status !== "offline") return html``
  return html`<p class="notice">${peer.name === "" ? "They have left." : html`<bdi>${peer.name}</bdi> has left.`} Nothing was kept; what you see goes when you leave too.</p>`
}

function stateWords(peer: Person): string {
  switch (peer.status) {
    case "online":
      return "online"
    case "away":
      return "away for a moment"
    case "offline":
      return "left"
    default:
      return peer.status satisfies never
  }
}
