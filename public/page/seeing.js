/** Tells the server how far the reader has seen: only in a tab that is looked at, with the newest line in sight. */

import { send } from "./connection.js"
import { openPeer, room, transcriptOf } from "./room.js"
import { isAtNewest } from "./scrolling.js"
import { when } from "./signals.js"

/** Milliseconds: a flood of lines costs a frame now and then, not one each, for frames are rationed. */
const PACE = 300
const PATIENT = new Set(["rate_limited", "overloaded"])

/** By peer, the newest of their lines that was seen here; what the server was told of it, and what not yet. */
const told = new Map()
const due = new Map()
let timer = 0

function look() {
  const watching = document.visibilityState === "visible" && isAtNewest()
  room.toggleAttribute("data-watching", watching)
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
