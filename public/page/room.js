/** What this tab shows, read off the document, which alone knows it. */

export const room = document.getElementById("duet")
export const me = room.dataset.me

/** The open conversation's section, or null. */
export function openTalk() {
  return document.querySelector("#conversation > .talk")
}

/** The id of the one talked with here, or undefined. */
export function openPeer() {
  return openTalk()?.dataset.peer
}

/** What the one talked with here is called, as the heading says: a new name comes there alone. */
export function peerName() {
  return openTalk()?.querySelector(".peer .name").textContent
}

/** The log of the conversation with `peer`, where it is open. */
export function transcriptOf(peer) {
  return document.getElementById(`transcript-${peer}`)
}
