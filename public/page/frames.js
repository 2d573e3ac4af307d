/** What arrives on the socket: noted, told to the page's parts, and kept from being shown twice. */

import { advance } from "./connection.js"
import { room } from "./room.js"
import { tell } from "./signals.js"

const keepers = []

/** `keep(frame)` may keep a frame from being shown, and says so; it shows it when it will. */
export function keepFrames(keep) {
  keepers.push(keep)
}

function isKept(frame) {
  return keepers.some((keep) => keep(frame))
}

room.addEventListener("htmx:ws:before:message:incoming", (event) => {
  const frame = parsed(event.detail.message.data)
  if (!frame || isShown(frame) || isKept(frame)) event.preventDefault()
  else tell("showing", frame)
  if (!frame) return
  advance(frame)
  tell("sign of life")
  tell(frame.event, frame)
})

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A resume and a fetched conversation may both bring a line; the second is dropped. */
function isShown(frame) {
  if (frame.event === "message") return document.getElementById(`m-${frame.message_id}`) !== null
  if (frame.event === "undelivered") return document.getElementById(`u-${frame.message_id}`) !== null
  return false
}
