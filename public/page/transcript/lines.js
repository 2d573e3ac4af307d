/**
 * The lines of the open conversation: by the ids of their messages, by what is said in them, and by how they are grouped;
 * and earlier ones. A page begins with the newest lines, and the others come in pieces as their reader nears them, or when
 * something further up is asked for.
 */

import { isOver } from "../connection/connection-bar.js"
import { openTalk, peerName, swapIn, tell, transcriptOf, when } from "../shell/page.js"

/** Words of a quote: what fits a line or two. */
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

/** All that is said in a line, as it was written. */
export function contentOf(line) {
  return written(line.querySelector(".words"))
}

/** The same as it is seen. */
export function seenOf(line) {
  const words = line.querySelector(".words")
  if (words.dataset.unseen !== undefined) return UNSEEN
  return written(words, (sign) => `[${sign.dataset.sign}]`)
}

/** With the marks that made code of some of it, and without the buttons that came with them. */
function written(part, signed = controlled) {
  if (part.nodeType === Node.TEXT_NODE) return part.data
  if (part.nodeType !== Node.ELEMENT_NODE || part.localName === "button") return ""
  if (part.dataset.sign !== undefined) return signed(part)
  const { before = "", after = "" } = part.dataset
  return before + Array.from(part.childNodes, (child) => written(child, signed)).join("") + after
}

/** No page holds a NUL: a sign says how many there are. */
function controlled(sign) {
  return sign.dataset.nul ? "\0".repeat(sign.dataset.nul) : sign.textContent
}

export function isUnsent(line) {
  return line.querySelector(".unsent") !== null
}

/** The beginning of a message, for a quote of it. */
export function wordsOf(id) {
  const line = lineOf(id)
  if (!line) return GONE
  const words = seenOf(line).replace(/\s+/gu, " ")
  return words.length > QUOTED ? `${Array.from(words.slice(0, QUOTED)).slice(0, -1).join("")}…` : words
}

/** Who wrote a message, as its reader would say it. */
export function writerOf(id) {
  const line = lineOf(id)
  return line && isOwn(line) ? "yourself" : peerName()
}

/** Milliseconds; as in `views/transcript/grouping.ts`. */
const PAUSE = 5 * 60_000

/**
 * Bubbles touch: those of one writer with no pause and nothing else between them. Each line knows how it stands to its
 * neighbours, for a style that asks what comes next (`:has`) is matched against all lines at every change.
 */
function meet(upper, lower) {
  const touch = isRun(upper, lower)
  lower?.toggleAttribute("data-run-above", touch)
  upper?.toggleAttribute("data-run-below", touch)
  upper?.toggleAttribute("data-tick-below", touch && isOwn(upper) && signOf(upper) === signOf(lower))
}

/** What the sign beside an own line tells; one that is lost or taken back has none. */
function signOf(line) {
  return line.querySelector(".trouble:not([hidden]), .unsent") ? "" : line.dataset.progress
}

function isRun(upper, lower) {
  if (!upper || lower?.previousElementSibling !== upper || isOwn(upper) !== isOwn(lower)) return false
  return lower.dataset.at - upper.dataset.at <= PAUSE
}

/** Has a line know of those above and below it. */
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

/** The newest of each kind that changed a message while a piece is on the way here, which may show it as it was. */
let changes = null
/** The first line before a piece came, and whether the focus was on what asked for it. */
let seam = null
let hadFocus = false

function link() {
  return openTalk()?.querySelector(".sooner a")
}

/** Whether lines may be held that are not on the page. */
export function hasEarlier() {
  return link() != null
}

/** Fetches one piece after the other until `isReached()`; answers whether it is. */
export async function reach(isReached) {
  const talk = openTalk()
  while (!isReached()) if (!(await fetchPiece()) || openTalk() !== talk) return false
  return true
}

/** Until this message's line is here. */
export function reachLine(id) {
  return reach(() => lineOf(id) !== null)
}

/** Answers whether a piece came: not where there is none, or it could not be fetched. */
async function fetchPiece() {
  const asked = link()
  if (!asked || isOver()) return false
  const { promise, resolve } = Promise.withResolvers()
  const ends = { "earlier shown": true, "earlier failed": false, "pane shown": false }
  const stops = Object.entries(ends).map(([end, isHere]) => when(end, () => resolve(isHere)))
  // A press might come before htmx knows the link, and be followed. One piece comes at a time: others are dropped.
  htmx.ajax("GET", asked.getAttribute("href"), { source: asked })
  const isHere = await promise
  for (const stop of stops) stop()
  return isHere
}

/** What stands above the first line, with the link that htmx fetches by. */
function earlier() {
  return {
    hasFailed: false,

    init() {
      // Back from a gap, what failed is tried again, if its reader still waits there.
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

/** Not fetched once more: constant reactions would keep the reader from it. */
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

/** A reader who asked by the keyboard goes on where the lines join. */
when("earlier shown", () => {
  if (!hadFocus || !seam) return
  hadFocus = false
  const line = lineAbove(seam) ?? seam
  // What lets a line take the focus hears of it too.
  queueMicrotask(() => line.focus({ preventScroll: true }))
})

// A reader who comes by the address of a piece, which is for browsers without scripts, goes to the whole.
if (new URLSearchParams(location.search).has("before")) location.replace(location.pathname)
