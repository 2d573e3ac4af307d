/** Tells what htmx has just put into the page, in the same turn and so before it is painted. */

import { tell } from "./signals.js"

const LISTS = new Set(["conversations-part", "people-part", "people-total"])

let rowsToTell = false

document.addEventListener("htmx:before:settle", ({ target, detail: { task } }) => {
  if (target.id === "conversation") tell("pane shown")
  else if (LISTS.has(target.id)) tell("lists shown")
  else if (target.parentElement?.id === "conversations") tellOfRows()
  else if (target.closest("#found")) tell("found shown")
  else if (target.classList?.contains("transcript"))
    tell(task.swapSpec.style === "afterbegin" ? "earlier shown" : "line shown", target)
  else if (target.classList?.contains("peer")) tell("peer shown")
  else if (target.classList?.contains("state")) tell("state shown", target)
  else if (target.classList?.contains("bubble")) tell("words changed")
  else if (target.classList?.contains("reactions")) tell("marks changed", target)
})

/** Once for all rows that come together, and still before they are painted. */
function tellOfRows() {
  if (rowsToTell) return
  rowsToTell = true
  queueMicrotask(() => {
    rowsToTell = false
    tell("lists shown")
  })
}
