/** How the lines of a conversation stand: in the reader's time, parted by day, in runs. */

import { openPeer, transcriptOf } from "./room.js"
import { lineAbove, lineBelow, place } from "./runs.js"
import { when } from "./signals.js"
import { dayKey, dayName, language, localise, untilTomorrow } from "./times.js"

/** A line has come to the end: it takes its place, and no more than its neighbours are looked at. */
function arrive(transcript) {
  const line = transcript.lastElementChild
  if (line.id !== "") settle(line)
  const waiting = transcript.querySelectorAll("[data-state]")
  const touched = new Set([line, lineBelow(line), ...waiting, transcript.lastElementChild])
  for (const each of touched) if (each) stand(each)
  // What is new on the screen rises; an echo only takes its bubble's place.
  if (line.classList.contains("theirs")) line.classList.add("arrived")
}

/**
 * Lines stand by their numbers, also one that was further up than this page reached when it was drawn; what has not been
 * answered stays below what has.
 */
function settle(line) {
  let first = line
  for (let above = lineAbove(line); above && isLater(above, line); above = lineAbove(above)) first = above
  if (first !== line) first.before(line)
}

function isLater(above, line) {
  return above.dataset.state !== undefined || Number(above.dataset.seq) > Number(line.dataset.seq)
}

/** Lines of a session that has ended have no number among those of the next, and stand above them. */
function forgetNumbers({ resumed }) {
  if (resumed) return
  for (const line of document.querySelectorAll(".message[data-seq]")) line.removeAttribute("data-seq")
}

function stand(line) {
  localise(line)
  // Few messages are so long: how they unfold is loaded when there is one.
  if (line.querySelector(".fold")) import("./folding.js")
  const previous = lineAbove(line)
  partByDay(line, previous, new Date(Number(line.dataset.at)))
  place(line)
}

/** A separator stands before the first line of each day and nowhere else. */
function partByDay(line, previous, at) {
  let separator = null
  let top = line
  while (top.previousElementSibling !== previous) {
    top = top.previousElementSibling
    if (top.classList.contains("day")) separator = top
  }
  if (previous !== null && dayKey(new Date(Number(previous.dataset.at))) === dayKey(at)) separator?.remove()
  else if (separator === null) top.before(label(silentAs(line, document.createElement("p")), at))
  else label(separator, at)
}

/** Of what comes late nothing is announced. */
function silentAs(line, separator) {
  separator.ariaLive = line.ariaLive
  return separator
}

function label(separator, at) {
  const name = dayName(at)
  separator.className = "day"
  separator.lang = language
  // A log speaks of whatever changes in it.
  if (separator.textContent !== name) separator.textContent = name
  return separator
}

/** Lines have come before those that were here; the first of those meets the last of these. */
function arrangeEarlier(transcript) {
  const lines = transcript.querySelectorAll(".message")
  for (const line of lines) {
    const isNew = line.querySelector("time:not([data-local])") !== null
    stand(line)
    if (!isNew) break
  }
}

function arrangeOpen() {
  for (const line of transcriptOf(openPeer())?.querySelectorAll(".message") ?? []) stand(line)
}

/** What was today is yesterday. */
function passMidnight() {
  arrangeOpen()
  setTimeout(passMidnight, untilTomorrow())
}

when("hello", forgetNumbers)
when("line shown", arrive)
when("earlier shown", arrangeEarlier)
when("pane shown", arrangeOpen)
when("parted", place)
document.addEventListener("visibilitychange", arrangeOpen)
passMidnight()
