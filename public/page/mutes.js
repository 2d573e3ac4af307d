/** Of whom the reader wants no reminders: kept in this browser for the person they are, until they leave. */

import { me } from "./room.js"
import { tell } from "./signals.js"

const KEY = `duet:${me}:muted`

let muted = read()

export function isMuted(peer) {
  return muted.has(peer)
}

export function toggleMute(peer) {
  if (!muted.delete(peer)) muted.add(peer)
  localStorage.setItem(KEY, JSON.stringify([...muted]))
  tell("rows noted")
}

function read() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY)))
  } catch {
    return new Set()
  }
}

addEventListener("storage", ({ key }) => {
  if (key !== KEY) return
  muted = read()
  tell("rows noted")
})

// What the menu needs is loaded when it is opened.
document.addEventListener(
  "toggle",
  ({ target }) => target.matches(".peer-menu") && import("./muting.js"),
  true,
)
