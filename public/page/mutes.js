/** Of whom the reader wants no reminders: kept in this browser for the person they are, until they leave. */

import { me, openPeer, openTalk } from "./room.js"
import { tell, when } from "./signals.js"

const KEY = `duet:${me}:muted`

let muted = read()

export function isMuted(peer) {
  return muted.has(peer)
}

function read() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY)))
  } catch {
    return new Set()
  }
}

function toggle(peer) {
  if (!muted.delete(peer)) muted.add(peer)
  localStorage.setItem(KEY, JSON.stringify([...muted]))
  changed()
}

function changed() {
  label()
  tell("rows noted")
}

/** What a press on the menu's button would do. */
function label() {
  const button = openTalk()?.querySelector("[data-mute]")
  if (!button) return
  button.querySelector(".act").textContent = isMuted(openPeer()) ? "Unmute" : "Mute"
  button.hidden = false
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-mute]")
  if (!button) return
  toggle(openPeer())
  button.closest("details").open = false
  const name = openTalk().dataset.name
  tell(
    "done",
    isMuted(openPeer()) ? `${name} is muted: their messages arrive quietly.` : `${name} is no longer muted.`,
  )
})

addEventListener("storage", ({ key }) => {
  if (key !== KEY) return
  muted = read()
  changed()
})

when("pane shown", label)
label()
