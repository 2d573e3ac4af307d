/** What was echoed and not known to be delivered, when the session that knew of it is gone. */

import { openPeer, transcriptOf } from "./room.js"
import { when } from "./signals.js"

when("session lost", ({ restarted }) => {
  const template = document.getElementById(restarted ? "lost-restarted" : "lost-forgotten")
  const unconfirmed = transcriptOf(openPeer())?.querySelectorAll(".own[id][data-progress='accepted']") ?? []
  for (const line of unconfirmed) {
    const notes = line.querySelector(".notes")
    if (!notes.querySelector(".trouble")) notes.prepend(template.content.cloneNode(true))
  }
})
