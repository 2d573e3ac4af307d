/** Says by name whose a reaction is, to whoever points at it. */

import { openTalk, peerName } from "./room.js"
import { when } from "./signals.js"

function name() {
  const talk = openTalk()
  if (!talk) return
  const them = peerName()
  const whose = { you: "You", them, "you both": `You and ${them}` }
  for (const chip of talk.querySelectorAll(".reaction")) chip.title = whose[chip.dataset.from]
}

for (const change of ["line shown", "earlier shown", "pane shown", "peer shown", "marks changed"])
  when(change, name)
name()
