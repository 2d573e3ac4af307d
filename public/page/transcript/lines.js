/**
 * The lines of the open conversation: their ids, their text and how they are grouped; and how earlier ones are fetched.
 * A page begins with the newest lines. Earlier ones come in pieces as the reader scrolls up to them, or when something
 * further up is needed.
 */

import { isOver } from "../connection/connection-bar.js"
import { openTalk, peerName, swapIn, tell, transcriptOf, when } from "../shell/page.js"

/** UTF-16 units of a quote: a line or two. */
const QUOTED = 140
const GONE = "An earlier message"
const UNSEEN = "Invisible text"

export function lineOf(id) {
  return document.getElementById(`m-${id}`)
}

export function idOf(line) {
  return line.id.slice("m-".length)
}

export function isOwn(line) {
  return line.dataset.own !== undefined
}

/** The whole text of a message, as it was written. */
export function contentOf(line) {
  return written(line.querySelector(".words"))
}

/** The same text as it is shown. */
export function seenOf(line) {
  const words = line.querySelector(".words")
  if (words.dataset.unseen !== undefined) return UNSEEN
  return written(words, (sign) => `[${sign.dataset.sign}]`)
}

/** Includes the backticks around code, and leaves out the buttons beside it. */
function written(part, signed = controlled) {
  if (part.nodeType === Node.TEXT_NODE) return part.data
  if (part.nodeType !== Node.ELEMENT_NODE || part.localName === "button") return ""
  if (part.dataset.sign !== undefined) return signed(part)
  const { before = "", after = "" } = part.dataset
  return before + Array.from(part.childNodes, (child) => written(child, signed)).join("") + after
}

/** HTML cannot hold a NUL, so a sign says how many there are. */
function controlled(sign) {
  return sign.dataset.nul ? "\0".repeat(sign.dataset.nul) : sign.textContent
}

export function isUnsent(line) {
  return line.querySelector(".unsent") !== null
}

/** The beginning of a message, to quote it. */
export function wordsOf(id) {
  const line = lineOf(id)
  if (!line) return GONE
  const words = seenOf(line).replace(/\s+/gu, " ")
  return words.length > QUOTED ? `${Array.from(words.slice(0, QUOTED)).slice(0, -1).join("")}…` : words
}

/** Who wrote a message, as in "Reply to …". */
export function writerOf(id) {
  const line = lineOf(id)
  return line && isOwn(line) ? "yourself" : peerName()
}

/** Milliseconds; as in `views/transcript/grouping.ts`. */
const PAUSE = 5 * 60_000

/**
 * Marks whether two bubbles touch: they do if one person wrote both with no pause and nothing between them. Attributes
 * tell this to the style sheet, because `:has` would be matched against all lines at every change.
 */
function meet(upper, lower) {
  const touch = isRun(upper, lower)
  lower?.toggleAttribute("data-run-above", touch)
  upper?.toggleAttribute("data-run-below", touch)
  upper?.toggleAttribute("data-tick-below", touch && isOwn(upper) && signOf(upper) === signOf(lower))
}

/** The progress that an own line shows; one that was lost or unsent shows none. */
function signOf(line) {
  return line.querySelector(".trouble:not([hidden]), .unsent") ? "" : line.dataset.progress
}

function isRun(upper, lower) {
  if (!upper || lower?.previousElementSibling !== upper || isOwn(upper) !== isOwn(lower)) return false
  return lower.dataset.at - upper.dataset.at <= PAUSE
}

/** Groups a line with those above and below it. */
export function place(line) {
  meet(lineAbove(line), line)
  meet(line, lineBelow(line))
}

export function lineAbove(line) {
  let above = line.previousElementSibling
  while (above && !above.classList.contains("message")) above = above.previousElementSibling
  return above
}

export function lineBelow(line) {
  let below = line.nextElementSibling
  while (below && !below.classList.contains("message")) below = below.nextElementSibling
  return below
}

/** What changed messages while a piece is being fetched, which may be older: the newest of each kind. */
let changes = null
/** The first line before a piece came, and whether the link to it had the focus. */
let seam = null
let hadFocus = false

function link() {
  return openTalk()?.querySelector(".sooner a")
}

/** Whether the server may hold lines that are not on the page. */
export function hasEarlier() {
  return link() != null
}

/** Fetches one piece after the other until `isReached()`; returns whether it is. */
export async function reach(isReached) {
  const talk = openTalk()
  while (!isReached()) if (!(await fetchPiece()) || openTalk() !== talk) return false
  return true
}

/** Fetches pieces until this message is on the page. */
export function reachLine(id) {
  return reach(() => lineOf(id) !== null)
}

/** Returns whether a piece came. */
async function fetchPiece() {
  const asked = link()
  if (!asked || isOver()) return false
  const { promise, resolve } = Promise.withResolvers()
  const ends = { "earlier shown": true, "earlier failed": false, "pane shown": false }
  const stops = Object.entries(ends).map(([end, isHere]) => when(end, () => resolve(isHere)))
  // Not a click: before htmx has processed the link, the browser would follow it. `hx-sync` drops a second request.
  htmx.ajax("GET", asked.getAttribute("href"), { source: asked })
  const isHere = await promise
  for (const stop of stops) stop()
  return isHere
}

/** The line above the first message, with the link by which htmx fetches earlier ones. */
function earlier() {
  return {
    hasFailed: false,

    init() {
      // Tries again after a gap in the connection.
      this.stopListening = when("hello", () => this.hasFailed && fetchPiece())
    },

    destroy() {
      this.stopListening()
    },

    ask() {
      changes = new Map()
    },

    answer(event) {
      if (event.detail.ctx.response.status < 400) return
      event.preventDefault()
      this.fail()
    },

    fail() {
      this.hasFailed = true
      tell("earlier failed")
    },

    swap() {
      seam = transcriptOf(openTalk().dataset.peer).querySelector(".message")
      hadFocus = this.$root.contains(document.activeElement)
    },
  }
}

document.addEventListener("alpine:init", () => Alpine.data("earlier", earlier))

for (const event of ["reactions", "unsent", "undelivered"]) {
  when(event, (frame) => {
    if (frame.peer === openTalk()?.dataset.peer) changes?.set(`${event} ${frame.message_id}`, frame)
  })
}

/** Applies the changes, instead of fetching again: constant reactions would make that endless. */
function catchUp() {
  const frames = [...(changes?.values() ?? [])]
  changes = null
  for (const { event, message_id: id, content } of frames) {
    if (lineOf(id) === null || (event === "undelivered" && document.getElementById(`u-${id}`))) continue
    swapIn(content)
  }
}

when("earlier shown", () => queueMicrotask(catchUp))
when("pane shown", () => {
  changes = null
})

/** Puts the focus of a reader who used the link on the last of the new lines. */
when("earlier shown", () => {
  if (!hadFocus || !seam) return
  hadFocus = false
  const line = lineAbove(seam) ?? seam
  // The lines get their tabindex in the same event.
  queueMicrotask(() => line.focus({ preventScroll: true }))
})

// The address of a piece is for browsers without scripts: others go to the whole conversation.
if (new URLSearchParams(location.search).has("before")) location.replace(location.pathname)
