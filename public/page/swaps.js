/** Tells what htmx has just put into the page, in the same turn and so before it is painted. */

import { tell } from "./signals.js"

document.addEventListener("htmx:before:settle", ({ target }) => {
  if (target.id === "conversation") tell("pane shown")
  else if (target.id === "conversations" || target.id === "people" || target.id === "people-total")
    tell("lists shown")
  else if (target.classList?.contains("transcript")) tell("line shown", target)
  else if (target.classList?.contains("bubble")) tell("words changed")
  else if (target.classList?.contains("reactions")) tell("marks changed", target)
})
