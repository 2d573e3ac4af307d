/** Stays with the newest line while the reader is there, and leaves them in peace where they read. */

import { keep, kept, openPeer, openTalk, tell, transcriptOf, when } from "../shell/page.js"
import { hasEarlier, idOf, lineOf, reachLine } from "./lines.js"

/** Pixels. The box is laid out from its end, so that 0 is the newest line and a page begins there by itself. */
const NEAR = 48
/** Pixels above a line that is brought to the upper edge. */
const MARGIN = 16

/** Where the reader was in each conversation, over reloads and while another is open: at its end if not told. */
const places = new Map(Object.entries(kept("places") ?? {}))

let following = true
/** On the way to what stands further up than what is here: what is in sight until then is not read. */
let isHeadingUp = false
/** The height of what is scrolled when the place was last kept: what grew since has moved the lines. */
let height = 0

function scroller() {
  return openTalk()?.querySelector(".scroller")
}

/** Whether the end of the open conversation is in sight, or nearly. */
export function isAtNewest() {
  return following
}

/** Whether somebody sees what comes. */
export function isLooking() {
  return document.visibilityState === "visible" && isAtNewest()
}

/** Pixels from here to the newest line. */
export function distanceToNewest() {
  return -(scroller()?.scrollTop ?? 0)
}

export function toNewest() {
  const box = scroller()
  isHeadingUp = false
  if (box) {
    box.scrollTop = 0
    // Or scrolling away within this frame would be taken for lines that grew.
    height = box.scrollHeight
  }
  // Where the height changed too, no scrolling tells of it.
  forgetPlace(openPeer())
  follow(true)
}

/** Brings the line to the upper edge, or as near to it as what is below allows. */
export function toLine(line) {
  const box = scroller()
  box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - MARGIN
  height = box.scrollHeight
  settle()
}

/** Whether the line begins below what is in sight. */
export function isBelow(line) {
  return line.getBoundingClientRect().top >= scroller().getBoundingClientRect().bottom
}

/** Changes a line, whose top stays where it stands: the box would hold its end. */
export function holdInPlace(line, change) {
  const before = line.getBoundingClientRect().top
  change()
  scroller().scrollTop += line.getBoundingClientRect().top - before
  height = scroller().scrollHeight
  settle()
}

function settle() {
  const box = scroller()
  if (!box) return
  if (box.scrollHeight !== height) return stay()
  if (isHeadingUp) return
  const near = distanceToNewest() < NEAR
  if (near) forgetPlace(openPeer())
  else remember()
  follow(near)
}

function follow(yes) {
  following = yes
  tell("scrolled")
}

function remember() {
  const edge = scroller().getBoundingClientRect().bottom
  const lines = transcriptOf(openPeer()).querySelectorAll(".message[id]")
  const line = lastAbove(edge, lines)
  if (!line) return
  const place = { id: idOf(line), offset: line.getBoundingClientRect().bottom - edge }
  if (!isSame(place, placeIn(openPeer()))) rememberPlace(openPeer(), place)
}

/** A box scrolls by whole pixels: what that loses must not add up. */
function isSame(place, before) {
  return place.id === before?.id && Math.abs(place.offset - before.offset) <= 1
}

/** The last line that begins above `edge`, found by halving: they stand in order. */
function lastAbove(edge, lines) {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (lines[middle].getBoundingClientRect().top < edge) low = middle + 1
    else high = middle
  }
  return lines[low - 1]
}

function watch() {
  const box = scroller()
  if (!box) return
  box.addEventListener("scroll", settle, { passive: true })
  // The keyboard of a phone, a growing composer and a wrapping line all move the end.
  height = box.scrollHeight
  const moved = new ResizeObserver(stay)
  moved.observe(box)
  moved.observe(box.firstElementChild)
}

/** Whatever grew or shrank: the end stays in sight, or else the line at the lower edge where it is. */
function stay() {
  const box = scroller()
  if (!box) return
  height = box.scrollHeight
  if (following) toNewest()
  else returnTo(placeIn(openPeer()))
}

/** Answers whether that place is still there. */
function returnTo(place) {
  const line = place && lineOf(place.id)
  if (!line) return false
  const box = scroller()
  box.scrollTop += line.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom - place.offset
  return true
}

/** Where the reader was; or at what is new, when that is more than fits. */
function begin({ reloaded }) {
  isHeadingUp = false
  if (!scroller()) return
  watch()
  const fresh = openTalk().querySelector(".fresh")
  const place = fresh && !reloaded ? undefined : placeIn(openPeer())
  if (returnTo(place)) settle()
  else if (place && hasEarlier()) beginFurtherUp(place)
  else if (fresh) beginAtUnread(fresh)
  else toNewest()
}

/** Where the reader was stands further up than what is here. */
async function beginFurtherUp(place) {
  if (!(await headUp(place.id))) return
  if (returnTo(place)) settle()
  else toNewest()
}

/** More may be unread than is here: the divider goes up as they come. */
async function beginAtUnread(fresh) {
  toLine(fresh)
  const { firstUnread } = openTalk().dataset
  if (firstUnread === undefined || lineOf(firstUnread) || !hasEarlier()) return
  if (!(await headUp(firstUnread))) return
  const now = openTalk().querySelector(".fresh")
  if (now) toLine(now)
  else settle()
}

/** Until that line is here, or cannot be had; answers whether its conversation is open still, and the reader bound for it. */
async function headUp(id) {
  const talk = openTalk()
  isHeadingUp = true
  follow(false)
  await reachLine(id)
  const isBound = isHeadingUp && openTalk() === talk
  if (openTalk() === talk) isHeadingUp = false
  return isBound
}

when("line shown", (transcript) => {
  const ownWords = transcript.lastElementChild?.dataset.state === "sending"
  if (following || ownWords) toNewest()
})

when("pane shown", () => begin({ reloaded: false }))
begin({ reloaded: true })

/** `{ id, offset }`: the line at the lower edge, and by how many pixels its end is below that. */
function placeIn(peer) {
  return places.get(peer)
}

function rememberPlace(peer, place) {
  places.set(peer, place)
  keep("places", Object.fromEntries(places))
}

function forgetPlace(peer) {
  if (places.delete(peer)) keep("places", Object.fromEntries(places))
}
