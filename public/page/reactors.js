/** Says by name whose a reaction is, to whoever points at it. */

import { openTalk } from "./room.js"
import { when } from "./signals.js"

function name() {
  const talk = openTalk()
  if (!talk) return
  const whose = { you: "You", them: talk.dataset.name, "you both": `You and ${talk.dataset.name}` }
  for (const chip of talk.querySelectorAll(".reaction")) chip.title = whose[chip.dataset.from]
}

for (const change of ["line shown", "pane shown", "marks changed"]) when(change, name)
name()
