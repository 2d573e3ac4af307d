/**
 * What is read and what is not: what came while nobody looked, counted on the button that leads to it, with a line above
 * the first of it; how far the reader has seen, told to the server only by a tab that is looked at, with the newest line
 * in sight; and how far the reader's own messages have come, a step told once for all messages before it.
 */

import { clock, Seen } from "../../built/client.js"
import { commands } from "../connection/connection.js"
import { openPeer, openTalk, page, tell, transcriptOf, when } from "../shell/page.js"
import { idOf, lineBelow, lineOf, place } from "./lines.js"
import { distanceToNewest, isAtNewest, isBelow, isLooking, toLine, toNewest } from "./scrolling.js"

/** Pixels: from here on the way back to the newest line is worth a button. */
const FAR = 400

/** What the open conversation holds that was not yet seen: a store, to which the button that leads there is bound. */
let unread = {
  count: 0,
  /** The first of them, and the line below the divider, by the ids of their messages. */
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
/** Lines on their way into the page. */
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

/** Notes what has arrived; nothing is unread that its reader sees come. */
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

/** The first that is unread may come with the earlier lines: the divider stood above what was here. */
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

/** Someone who answers has read. */
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

/** By peer and step, `{ id, words }` of the newest message that has come so far. */
const reached = new Map()

function noteProgress({ peer, message_id: id, progress, words, unheard = [] }) {
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
