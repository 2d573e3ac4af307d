/** How the lines of a conversation stand: in the reader's time, parted by day, in runs that pauses break. */

import { sinkPending } from "./pending.js"
import { openPeer, transcriptOf } from "./room.js"
import { when } from "./signals.js"
import { dayKey, dayName, localise } from "./times.js"

const PAUSE = 5 * 60_000

export function arrange(transcript) {
  sinkPending(transcript)
  settle(transcript)
  localise(transcript)
  let previous = null
  for (const line of [...transcript.children]) {
    if (line.classList.contains("day")) continue
    const at = new Date(Number(line.dataset.at))
    partByDay(line, at)
    const paused = previous !== null && Number(line.dataset.at) - Number(previous.dataset.at) > PAUSE
    line.toggleAttribute("data-paused", paused)
    previous = line
  }
}

/** Two who write at once hear each other late: what both read stands in the order in which it was said. */
function settle(transcript) {
  const lines = [...transcript.querySelectorAll(".message[id]")]
  const newest = lines.pop()
  const later = lines.slice(lines.findLastIndex((line) => line.id < newest?.id) + 1)
  later[0]?.before(newest)
}

/** A separator stands before the first line of each day and nowhere else. */
function partByDay(line, at) {
  const above = line.previousElementSibling
  const separator = above?.classList.contains("day") ? above : null
  const lineBefore = separator ? separator.previousElementSibling : above
  const isFirst = !lineBefore?.dataset.at || dayKey(new Date(Number(lineBefore.dataset.at))) !== dayKey(at)
  if (!isFirst) separator?.remove()
  else if (separator) label(separator, at)
  else line.before(label(document.createElement("p"), at))
}

function label(separator, at) {
  separator.className = "day"
  separator.textContent = dayName(at)
  return separator
}

function arrangeOpen() {
  const transcript = transcriptOf(openPeer())
  if (transcript) arrange(transcript)
}

/** What is new on the screen rises; an echo only takes its bubble's place. */
function enter(transcript) {
  const line = transcript.lastElementChild
  if (line?.classList.contains("theirs")) line.classList.add("arrived")
}

when("line shown", (transcript) => {
  arrange(transcript)
  enter(transcript)
})
when("pane shown", arrangeOpen)
document.addEventListener("visibilitychange", arrangeOpen)
arrangeOpen()
