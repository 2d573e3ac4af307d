/**
 * What the reader did to messages and the server has not confirmed: told again at each hello, in order, for a
 * repeat is harmless. What waits is said beside its message. What was too fast is told again, one after the other.
 */

import { isReady, PATIENT, send } from "../connection/connection.js"
import { keep, kept, tell, when } from "../shell/page.js"
import { lineOf } from "../transcript/lines.js"

/** Milliseconds: to another attempt, and until something that is not confirmed is said to wait. */
const DEFAULT_WAIT = 1000
const PATIENCE = 2000

const requests = new Map(Object.entries(kept("errands") ?? {}))

/** The keys of those that were too fast. */
const late = new Set()
let pace = 0
let timer = 0

/** `request` is the frame itself, of type `react` or `unsend`; a later one of its kind takes its place. */
export function run(request) {
  const { type, message_id: id } = request
  const outdated = type === "unsend" ? [type, "react"] : [type]
  for (const each of outdated) {
    requests.delete(keyOf(each, id))
    late.delete(keyOf(each, id))
  }
  requests.set(keyOf(type, id), request)
  changed(id)
  if (send(request)) setTimeout(draw, PATIENCE, id)
  else draw(id)
}

/** What was asked for and not confirmed, or undefined. */
export function awaited(type, id) {
  return requests.get(keyOf(type, id))
}

function keyOf(type, id) {
  return `${type} ${id}`
}

function runAll() {
  late.clear()
  pace = 0
  for (const request of requests.values()) send(request)
}

function putOff(id, wait = DEFAULT_WAIT) {
  for (const type of ["react", "unsend"]) if (awaited(type, id)) late.add(keyOf(type, id))
  // The last wait alone may be a moment: all would be sent again before the next refusal came.
  pace = Math.max(pace, wait)
  clearTimeout(timer)
  timer = setTimeout(runLate, pace)
}

function runLate() {
  const [key] = late
  if (key === undefined) return
  late.delete(key)
  send(requests.get(key))
  timer = setTimeout(runLate, pace)
}

function drop(type, id) {
  late.delete(keyOf(type, id))
  if (requests.delete(keyOf(type, id))) changed(id)
}

function changed(id) {
  keep("errands", Object.fromEntries(requests))
  erase(id)
}

function erase(id) {
  lineOf(id)?.querySelector(".waiting")?.remove()
}

function draw(id) {
  erase(id)
  const request = awaited("unsend", id) ?? awaited("react", id)
  const notes = lineOf(id)?.querySelector(".notes")
  if (!request || !notes) return
  const note = document.createElement("span")
  note.className = "waiting"
  note.textContent = wordsFor(request)
  notes.append(note)
}

function wordsFor({ type, emoji }) {
  if (type === "unsend") return "Goes when you are back."
  return emoji === null ? "Your reaction goes when you are back." : `Your ${emoji} waits until you are back.`
}

function drawAll() {
  if (!isReady()) for (const { message_id: id } of requests.values()) draw(id)
}

function refused({ message_id: id, code, message, retry_after_ms: wait }) {
  if (id === undefined) return
  if (PATIENT.has(code)) putOff(id, wait)
  else {
    drop("react", id)
    drop("unsend", id)
    tell(
      "trouble",
      code === "bad_frame" ? "That message is no longer kept: nothing can be done with it." : message,
    )
  }
}

when("hello", runAll)
when("reactions", ({ message_id: id }) => drop("react", id))
when("unsent", ({ message_id: id }) => {
  drop("react", id)
  drop("unsend", id)
})
when("error", refused)
when("disconnected", drawAll)
when("pane shown", drawAll)
when("earlier shown", drawAll)
// The connection may have been there first.
if (isReady()) runAll()
drawAll()
