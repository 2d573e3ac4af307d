/**
 * What has been read: what arrived unseen is counted on a button, with a divider above the first of it; how far the
 * reader has seen goes to the server, only from a visible tab with the newest line in sight; and the progress of the
 * reader's own messages, where a step holds for all messages before it.
 */

import { clock, Seen } from "../../built/client.js"
import { commands } from "../connection/connection.js"
import { openPeer, openTalk, page, tell, transcriptOf, when } from "../shell/page.js"
import { idOf, lineBelow, lineOf, place } from "./lines.js"
import { distanceToNewest, isAtNewest, isBelow, isLooking, toLine, toNewest } from "./scrolling.js"

/** Pixels from the newest line at which the button appears, even if nothing is unread. */
const FAR = 400

/** What is unread in the open conversation: a store, to which the button is bound. */
let unread = {
  count: 0,
  /** The ids of the first unread message, and of the message below the divider. */
  from: undefined,
  first: undefined,
  isAtNewest: true,
  isFar: false,

  get isOffered() {
    return !this.isAtNewest && (this.count > 0 || this.isFar)
  },

  get words() {
    return this.count > 0 ? `${this.count} new` : ""
  },

  get label() {
    if (this.count === 0) return "Go to the newest message"
    return `${this.count} new ${this.count === 1 ? "message" : "messages"}, go to the newest`
  },

  go(button) {
    const line = this.from === undefined ? undefined : lineOf(this.from)
    const byKeyboard = button.matches(":focus-visible")
    if (line && isBelow(line)) toLine(line)
    else toNewest()
    if (byKeyboard && !this.isOffered) openTalk().querySelector(".scroller").focus({ preventScroll: true })
  },
}

document.addEventListener("alpine:init", () => {
  Alpine.store("unread", unread)
  unread = Alpine.store("unread")
})

let peer
/** Ids of messages that are not yet drawn. */
let arriving = []

function open() {
  const talk = openTalk()
  if (talk?.dataset.peer !== peer) unread.first = undefined
  peer = talk?.dataset.peer
  const divider = talk?.querySelector(".fresh")
  if (divider) unread.first = talk.dataset.firstUnread ?? lineBelow(divider)?.id.slice("m-".length)
  else if (unread.first !== undefined) divide()
  unread.count = Number(talk?.dataset.unread ?? 0)
  unread.from = unread.count > 0 ? unread.first : undefined
  lookForNew()
}

/** Counts what has arrived, unless the reader sees it. */
function noteArrived() {
  const arrived = arriving.filter((id) => lineOf(id))
  if (arrived.length === 0) return
  arriving = arriving.filter((id) => !arrived.includes(id))
  if (isLooking()) return
  if (unread.from === undefined) {
    undivide()
    unread.from = unread.first = arrived[0]
    divide()
  }
  unread.count += arrived.length
}

function lookForNew() {
  if (isLooking()) forgetNew()
  unread.isAtNewest = isAtNewest()
  unread.isFar = distanceToNewest() >= FAR
}

function forgetNew() {
  unread.count = 0
  unread.from = undefined
}

/** The first unread line may come with earlier ones: until then the divider stands above those on the page. */
function moveDivider() {
  if (unread.first === undefined || !lineOf(unread.first)) return
  const divider = openTalk().querySelector(".fresh")
  const below = divider && lineBelow(divider)
  if (!divider || below.id === `m-${unread.first}`) return
  divider.remove()
  tell("parted", below)
  divide()
}

function divide() {
  const line = lineOf(unread.first)
  if (!line) return
  const divider = document.createElement("p")
  divider.className = "fresh"
  divider.textContent = "New"
  divider.ariaLive = line.ariaLive
  line.before(divider)
  tell("parted", line)
}

function undivide() {
  unread.first = undefined
  const divider = openTalk()?.querySelector(".fresh")
  const line = divider && lineBelow(divider)
  divider?.remove()
  if (line) tell("parted", line)
}

/** An answer means that everything has been read. */
function answered() {
  undivide()
  forgetNew()
}

when("message", (frame) => {
  if (frame.peer !== openPeer()) return
  if (frame.own) answered()
  else if (!lineOf(frame.message_id)) arriving.push(frame.message_id)
})
when("line shown", (transcript) => {
  if (transcript.lastElementChild?.dataset.state === "sending") answered()
  if (transcript === transcriptOf(openPeer())) noteArrived()
})
when("earlier shown", moveDivider)
when("scrolled", lookForNew)
when("pane shown", open)
document.addEventListener("visibilitychange", lookForNew)
open()

const STEPS = ["accepted", "delivered", "seen"]

/** By peer and step, `{ id, words }` of the newest message that has reached it. */
const reached = new Map()

function noteProgress({ peer, message_id: id, progress, words, unheard = [] }) {
  const steps = reached.get(peer) ?? {}
  steps[progress] = { id, words }
  // Sent while the reader blocked the peer: these make no progress.
  steps.unheard = unheard
  reached.set(peer, steps)
  mark(peer)
}

/** Runs at every new line too, because progress may arrive before its line. */
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

/** `runs` are pairs of first and last ids, which ascend. */
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

when("progress", noteProgress)
for (const change of ["line shown", "earlier shown", "pane shown"]) when(change, () => mark(openPeer()))
when("session lost", () => reached.clear())

const seen = new Seen({
  clock,
  send: (peer_id, message_id) => commands.run({ type: "seen", peer_id, message_id }),
})

function look() {
  const watching = isLooking()
  page.toggleAttribute("data-watching", watching)
  const peer = openPeer()
  if (!watching || peer === undefined) return
  const theirs = transcriptOf(peer).querySelectorAll(".theirs[id]")
  if (theirs.length > 0) seen.upTo(peer, idOf(theirs[theirs.length - 1]))
}

when("session lost", () => seen.stop())
for (const sight of ["hello", "line shown", "scrolled", "pane shown"]) when(sight, look)
document.addEventListener("visibilitychange", look)
look()
