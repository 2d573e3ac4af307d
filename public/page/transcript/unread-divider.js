/** What came while nobody looked: counted on the button that leads to it, and a line above the first of it. */

import { openPeer, openTalk, tell, transcriptOf, when } from "../shell/page.js"
import { lineBelow, lineOf } from "./lines.js"
import { distanceToNewest, isAtNewest, isBelow, toLine, toNewest } from "./scrolling.js"

/** Pixels: from here on the way back to the newest line is worth a button. */
const FAR = 400

let peer
/** The line below the divider, by the id of its message. */
let first
/** What was not yet seen: how many, and the first of them. */
let count = 0
let from
/** Lines on their way into the page. */
let arriving = []

function open() {
  const talk = openTalk()
  if (talk?.dataset.peer !== peer) first = undefined
  peer = talk?.dataset.peer
  const divider = talk?.querySelector(".fresh")
  if (divider) first = talk.dataset.firstUnread ?? lineBelow(divider)?.id.slice("m-".length)
  else if (first !== undefined) divide()
  count = Number(talk?.dataset.unread ?? 0)
  from = count > 0 ? first : undefined
  look()
}

/** Notes what has arrived; nothing is unread that its reader sees come. */
function note() {
  const arrived = arriving.filter((id) => lineOf(id))
  if (arrived.length === 0) return
  arriving = arriving.filter((id) => !arrived.includes(id))
  if (isLooking()) return
  if (from === undefined) {
    undivide()
    from = first = arrived[0]
    divide()
  }
  count += arrived.length
  show()
}

function isLooking() {
  return document.visibilityState === "visible" && isAtNewest()
}

function look() {
  if (isLooking()) {
    count = 0
    from = undefined
  }
  show()
}

function show() {
  const button = openTalk()?.querySelector(".latest")
  if (!button) return
  const words = label()
  button.hidden = isAtNewest() || (count === 0 && distanceToNewest() < FAR)
  if (button.getAttribute("aria-label") === words) return
  button.setAttribute("aria-label", words)
  button.querySelector(".count").textContent = count > 0 ? `${count} new` : ""
}

function label() {
  if (count === 0) return "Go to the newest message"
  return `${count} new ${count === 1 ? "message" : "messages"}, go to the newest`
}

/** The first that is unread may come with the earlier lines: the divider stood above what was here. */
function moveDivider() {
  if (first === undefined || !lineOf(first)) return
  const divider = openTalk().querySelector(".fresh")
  const below = divider && lineBelow(divider)
  if (!divider || below.id === `m-${first}`) return
  divider.remove()
  tell("parted", below)
  divide()
}

function divide() {
  const line = lineOf(first)
  if (!line) return
  const divider = document.createElement("p")
  divider.className = "fresh"
  divider.textContent = "New"
  divider.ariaLive = line.ariaLive
  line.before(divider)
  tell("parted", line)
}

function undivide() {
  first = undefined
  const divider = openTalk()?.querySelector(".fresh")
  const line = divider && lineBelow(divider)
  divider?.remove()
  if (line) tell("parted", line)
}

/** Someone who answers has read. */
function answered() {
  undivide()
  count = 0
  from = undefined
  show()
}

function go(button) {
  const line = from === undefined ? undefined : lineOf(from)
  const byKeyboard = button.matches(":focus-visible")
  if (line && isBelow(line)) toLine(line)
  else toNewest()
  if (byKeyboard && button.hidden) openTalk().querySelector(".scroller").focus({ preventScroll: true })
}

when("message", (frame) => {
  if (frame.peer !== openPeer()) return
  if (frame.own) answered()
  else if (!lineOf(frame.message_id)) arriving.push(frame.message_id)
})
when("line shown", (transcript) => {
  if (transcript.lastElementChild?.dataset.state === "sending") answered()
  if (transcript === transcriptOf(openPeer())) note()
})
when("earlier shown", moveDivider)
when("scrolled", look)
when("pane shown", open)
document.addEventListener("visibilitychange", look)
document.addEventListener("click", ({ target }) => {
  const button = target.closest(".latest")
  if (button) go(button)
})
open()
