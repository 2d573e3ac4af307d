/** A page whose connection is over for good: what was said can be read, and nothing more can be done. */

import { room } from "./room.js"
import { when } from "./signals.js"

function end() {
  for (const part of room.querySelectorAll(".lists, .me-menu, .composer, .peer-menu")) part.inert = true
  const words = room.querySelector(".composer textarea")
  if (words) words.disabled = true
  for (const menu of room.querySelectorAll("details[open]")) menu.open = false
  room.dataset.ended = ""
}

when("disconnected", ({ final }) => final && end())
