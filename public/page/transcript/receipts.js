/**
 * How far messages have come: the reader's own, a step told once for all messages before it; and, to the server, how far
 * the reader has seen, only in a tab that is looked at, with the newest line in sight.
 */

import { PATIENT, send } from "../connection/connection.js"
import { openPeer, page, transcriptOf, when } from "../shell/page.js"
import { idOf, place } from "./lines.js"
import { isAtNewest } from "./scrolling.js"

const STEPS = ["accepted", "delivered", "seen"]

/** By peer and step, `{ id, words }` of the newest message that has come so far. */
const reached = new Map()

function note({ peer, message_id: id, progress, words, unheard = [] }) {
  const steps = reached.get(peer) ?? {}
  steps[progress] = { id, words }
  // Said while blocked, by someone who may be heard again now.
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

/** Milliseconds: a flood of lines costs a frame now and then, not one each, for frames are rationed. */
const PACE = 300

/** By peer, the newest of their lines that was seen here; what the server was told of it, and what not yet. */
const told = new Map()
const due = new Map()
let timer = 0

function look() {
  const watching = document.visibilityState === "visible" && isAtNewest()
  page.toggleAttribute("data-watching", watching)
  const peer = openPeer()
  if (!watching || peer === undefined) return
  const theirs = transcriptOf(peer).querySelectorAll(".theirs[id]")
  const id = theirs[theirs.length - 1]?.id.slice("m-".length)
  if (id !== undefined && told.get(peer) !== id) due.set(peer, id)
}

/** Answers whether a socket took it. */
function tellAll() {
  clearTimeout(timer)
  timer = 0
  for (const [peer, id] of due) {
    if (!send({ type: "seen", peer_id: peer, message_id: id })) return false
    told.set(peer, id)
    due.delete(peer)
  }
  return true
}

function lookAndTell() {
  look()
  tellAll()
}

/** What comes soon after waits for the next pace. */
function lookAndTellInPace() {
  look()
  if (timer === 0 && due.size > 0) tellInPace()
}

function tellInPace() {
  if (tellAll()) timer = setTimeout(rest, PACE)
}

function rest() {
  timer = 0
  if (due.size > 0) tellInPace()
}

when("line shown", lookAndTellInPace)
when("scrolled", lookAndTellInPace)
when("hello", () => {
  told.clear()
  lookAndTell()
})
// What was told too fast is told again, unless more was seen since.
when("error", ({ code, message_id: id, retry_after_ms: wait = PACE }) => {
  const peer = PATIENT.has(code) && [...told.keys()].find((each) => told.get(each) === id)
  if (!peer) return
  told.delete(peer)
  if (!due.has(peer)) due.set(peer, id)
  clearTimeout(timer)
  timer = setTimeout(rest, wait)
})
when("pane shown", lookAndTell)
document.addEventListener("visibilitychange", lookAndTell)
look()
