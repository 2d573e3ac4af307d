/** How far the reader's own messages have come. A step is told once for all messages before it. */

import { idOf } from "./lines.js"
import { openPeer, transcriptOf } from "./room.js"
import { place } from "./runs.js"
import { when } from "./signals.js"

const STEPS = ["accepted", "delivered", "seen"]

/** By peer and step, `{ id, words }` of the newest message that has come so far. */
const reached = new Map()

function note({ peer, message_id: id, progress, words, unheard = [] }) {
  const steps = reached.get(peer) ?? {}
  steps[progress] = { id, words }
  // Said while blocked, by whoever may be heard again now.
  steps.unheard = unheard
  reached.set(peer, steps)
  mark(peer)
}

/** A step may be told before its line is here: so at every new line again. */
function mark(peer) {
  const steps = reached.get(peer)
  const transcript = steps && transcriptOf(peer)
  if (!transcript) return
  for (const line of transcript.querySelectorAll(".own[id]:not([data-progress='seen'])")) {
    if (line.querySelector(".trouble") || isWithin(steps.unheard, idOf(line))) continue
    for (const step of STEPS)
      if (steps[step] && idOf(line) <= steps[step].id) raise(line, step, steps[step].words)
  }
}

/** Runs of messages are told by the first and the last of their ids, which ascend. */
function isWithin(runs, id) {
  return runs.some(([first, last]) => id >= first && id <= last)
}

function raise(line, step, words) {
  if (STEPS.indexOf(step) <= STEPS.indexOf(line.dataset.progress)) return
  line.dataset.progress = step
  place(line)
  const tick = line.querySelector(".tick")
  tick.setAttribute("aria-label", words)
  tick.title = words
}

when("progress", note)
when("line shown", () => mark(openPeer()))
when("earlier shown", () => mark(openPeer()))
when("pane shown", () => mark(openPeer()))
when("session lost", () => reached.clear())
