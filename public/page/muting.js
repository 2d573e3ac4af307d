/** The line of a conversation's menu that mutes whom one talks with, or hears them again. */

import { isMuted, toggleMute } from "./mutes.js"
import { openPeer, openTalk, peerName } from "./room.js"
import { tell, when } from "./signals.js"

/** Says what a press would do. */
function label() {
  const button = openTalk()?.querySelector("[data-mute]")
  if (!button) return
  button.querySelector(".act").textContent = isMuted(openPeer()) ? "Unmute" : "Mute"
  button.hidden = false
}

/** The server sends a new name to the heading alone. */
function rename() {
  for (const name of document.querySelectorAll(".peer-menu bdi, .blocked-notice bdi"))
    name.textContent = peerName()
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-mute]")
  if (!button) return
  toggleMute(openPeer())
  const menu = button.closest("details")
  menu.open = false
  menu.querySelector("summary").focus()
  const name = peerName()
  tell(
    "done",
    isMuted(openPeer()) ? `${name} is muted: nothing reminds you of them.` : `${name} is no longer muted.`,
  )
})

when("rows noted", label)
when("pane shown", label)
when("peer shown", rename)
label()
rename()
