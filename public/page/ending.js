/** A page whose connection is over for good: what was said can be read, and nothing more can be done. */

import { room } from "./room.js"
import { when } from "./signals.js"

/** What would ask something of the server, or stand for nothing any more. */
const PARTS =
  ".wordmark, .me-menu, .finding, .results, .lists, .back, .composer, .peer-menu, .sooner, .more, .reaction, .again"

function end() {
  for (const part of room.querySelectorAll(PARTS)) part.inert = true
  const words = room.querySelector(".composer textarea")
  if (words) words.disabled = true
  for (const menu of room.querySelectorAll("details[open]")) menu.open = false
  room.dataset.ended = ""
}

export function isOver() {
  return room.dataset.ended !== undefined
}

when("disconnected", ({ final }) => final && end())
// What was on its way when it ended.
when("pane shown", () => isOver() && end())
// To ask for another conversation might bring the reader back who has left.
document.addEventListener("htmx:before:request", (event) => isOver() && event.preventDefault())
