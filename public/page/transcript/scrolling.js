/** Keeps the newest line in sight while the reader is there, and keeps still where they read further up. */

import { keep, kept, openPeer, openTalk, tell, transcriptOf, when } from "../shell/page.js"
import { hasEarlier, idOf, lineOf, reachLine } from "./lines.js"

/** Pixels from the end that count as the end. The box is laid out in reverse, so 0 is the newest line. */
const NEAR = 48
/** Pixels above a line that is scrolled to the upper edge. */
const MARGIN = 16

/** Where the reader was in each conversation; at its end if it has no entry. Survives a reload. */
const places = new Map(Object.entries(kept("places") ?? {}))

let following = true
/** Whether earlier lines are being fetched to scroll to one of them: until then nothing counts as read. */
let isHeadingUp = false
/** The height of the content when the place was last kept: if it changed since, lines have moved. */
let height = 0

function scroller() {
  return openTalk()?.querySelector(".scroller")
}

/** Whether the end of the open conversation is in sight, or nearly. */
export function isAtNewest() {
  return following
}

/** Whether the reader sees what arrives. */
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
    // Otherwise scrolling away within this frame would look like lines that grew.
    height = box.scrollHeight
  }
  // If the height changed too, there is no scroll event.
  forgetPlace(openPeer())
  follow(true)
}

/** Scrolls the line to the upper edge, or as near to it as possible. */
export function toLine(line) {
  const box = scroller()
  box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - MARGIN
  height = box.scrollHeight
  settle()
}

/** Whether the line begins below the visible part. */
export function isBelow(line) {
  return line.getBoundingClientRect().top >= scroller().getBoundingClientRect().bottom
}

/** Changes a line without moving its top; the box itself would keep its end in place. */
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

/** Boxes scroll by whole pixels: the rounding errors must not add up. */
function isSame(place, before) {
  return place.id === before?.id && Math.abs(place.offset - before.offset) <= 1
}

/** The last line that begins above `edge`, by binary search. */
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
  // A phone's keyboard, a growing composer and a wrapping line all move the end.
  height = box.scrollHeight
  const moved = new ResizeObserver(stay)
  moved.observe(box)
  moved.observe(box.firstElementChild)
}

/** After a change of size: keeps the end in sight, or else the line at the lower edge in its place. */
function stay() {
  const box = scroller()
  if (!box) return
  height = box.scrollHeight
  if (following) toNewest()
  else returnTo(placeIn(openPeer()))
}

/** Returns whether the line of that place is still there. */
function returnTo(place) {
  const line = place && lineOf(place.id)
  if (!line) return false
  const box = scroller()
  box.scrollTop += line.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom - place.offset
  return true
}

/** Goes to where the reader was, or to the first unread line. */
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

/** The reader was further up than the lines on the page. */
async function beginFurtherUp(place) {
  if (!(await headUp(place.id))) return
  if (returnTo(place)) settle()
  else toNewest()
}

/** More may be unread than is on the page: the divider moves up as earlier lines come. */
async function beginAtUnread(fresh) {
  toLine(fresh)
  const { firstUnread } = openTalk().dataset
  if (firstUnread === undefined || lineOf(firstUnread) || !hasEarlier()) return
  if (!(await headUp(firstUnread))) return
  const now = openTalk().querySelector(".fresh")
  if (now) toLine(now)
  else settle()
}

/** Fetches pieces until that line is on the page; returns whether the reader has not gone elsewhere meanwhile. */
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

/** `{ id, offset }`: the line at the lower edge, and how many pixels its end is below the edge. */
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
