/**
 * What the reader did to messages and the server has not confirmed: kept over a reload, and said beside its message while
 * it waits. The client's retry queue sends it, and again after a reconnect.
 */

import { isTransient } from "../../built/client.js"
import { commands, isReady } from "../connection/connection.js"
import { keep, kept, tell, when } from "../shell/page.js"
import { lineOf } from "../transcript/lines.js"

/** Milliseconds until something that is not confirmed is said to wait. */
const PATIENCE = 2000
const NO_LONGER_KEPT = "That message is no longer kept: nothing can be done with it."

let waiting = []

/** `command` is the frame itself, of type `react` or `unsend`. */
export function run(command) {
  commands.run(command)
  note()
  if (isReady()) setTimeout(draw, PATIENCE, command.message_id)
  else draw(command.message_id)
}

/** What was asked for last and is not confirmed, or undefined. */
export function awaited(type, id) {
  return waiting.findLast((command) => command.type === type && command.message_id === id)
}

/** Notes what waits now, and answers what no longer does. */
function note() {
  const before = waiting
  waiting = commands.unconfirmed.filter(({ type }) => type === "react" || type === "unsend")
  keep("commands", waiting)
  const gone = before.filter((command) => !waiting.includes(command))
  for (const { message_id: id } of gone) erase(id)
  return gone
}

function erase(id) {
  lineOf(id)?.querySelector(".waiting")?.remove()
}

function draw(id) {
  erase(id)
  const command = awaited("unsend", id) ?? awaited("react", id)
  const notes = lineOf(id)?.querySelector(".notes")
  if (!command || !notes) return
  const said = document.createElement("span")
  said.className = "waiting"
  said.textContent = wordsFor(command)
  notes.append(said)
}

function wordsFor({ type, emoji }) {
  if (type === "unsend") return "Goes when you are back."
  return emoji === null ? "Your reaction goes when you are back." : `Your ${emoji} waits until you are back.`
}

function drawAll() {
  if (!isReady()) for (const { message_id: id } of waiting) draw(id)
}

for (const command of kept("commands") ?? []) run(command)

when("command confirmed", note)
// A new session knows nothing of the old one's messages.
when("hello", () => note().length > 0 && tell("trouble", NO_LONGER_KEPT))
when("error", ({ message_id: id, code, message }) => {
  if (id !== undefined && !isTransient(code)) tell("trouble", code === "bad_frame" ? NO_LONGER_KEPT : message)
})
for (const sign of ["disconnected", "pane shown", "earlier shown"]) when(sign, drawAll)
