/** Whom the reader would not hear; a page that was just loaded knows it best, and tells the other tabs. */

import { me, room } from "./room.js"
import { tell } from "./signals.js"

const tabs = new BroadcastChannel(`duet:${me}:blocked`)

export function isBlocked(peer) {
  return room.dataset.blocked.split(" ").includes(peer)
}

tabs.addEventListener("message", ({ data }) => {
  room.dataset.blocked = data
  tell("rows noted")
})

tabs.postMessage(room.dataset.blocked)
