/** The line of a conversation's menu that mutes whom one talks with, or hears them again. */

import { isMuted, toggleMute } from "./mutes.js"
import { openPeer, openTalk } from "./room.js"
import { tell, when } from "./signals.js"

/** Says what a press would do. */
function label() {
  const button = openTalk()?.querySelector("[data-mute]")
  if (!button) return
  button.querySelector(".act").textContent = isMuted(openPeer()) ? "Unmute" : "Mute"
  button.hidden = false
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-mute]")
  if (!button) return
  toggleMute(openPeer())
  button.closest("details").open = false
  const { name } = openTalk().dataset
  tell(
    "done",
    isMuted(openPeer()) ? `${name} is muted: nothing reminds you of them.` : `${name} is no longer muted.`,
  )
})

when("rows noted", label)
when("pane shown", label)
label()
