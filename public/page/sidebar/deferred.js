/**
 * A list that would move what somebody is aiming at is deferred until they have; the newest is what is shown then.
 * Somebody aims at a row by pointer, finger or focus.
 */

import { keepFrames } from "../connection/connection.js"
import { swapIn, tell, when } from "../shell/page.js"

/** Milliseconds after which an aim has hit, or was given up. */
const QUIET = 1000

const sidebar = document.querySelector(".sidebar")

let movedAt = -QUIET
let settling = 0
const fingers = new Set()

export function isStill() {
  return fingers.size === 0 && performance.now() - movedAt >= QUIET
}

function stir() {
  movedAt = performance.now()
  if (settling === 0) settling = setTimeout(settle, QUIET)
}

function settle() {
  const wait = movedAt + QUIET - performance.now()
  settling = wait > 0 || fingers.size > 0 ? setTimeout(settle, Math.max(wait, QUIET / 4)) : 0
  if (settling === 0) tell("lists still")
}

function isRow(target) {
  return target instanceof Element && target.closest(".lists, .results") !== null
}

function touch({ type, target, changedTouches }) {
  for (const { identifier } of changedTouches) {
    if (type === "touchstart" && isRow(target)) fingers.add(identifier)
    else fingers.delete(identifier)
  }
  if (isRow(target)) stir()
}

// A mouse that rests while rows are drawn below it makes events too; only one that moves aims.
sidebar.addEventListener("pointermove", ({ target, movementX, movementY }) => {
  if (isRow(target) && (movementX !== 0 || movementY !== 0)) stir()
})
for (const type of ["touchstart", "touchend", "touchcancel"])
  document.addEventListener(type, touch, { passive: true })
sidebar.addEventListener("keydown", ({ target }) => isRow(target) && stir())
sidebar.addEventListener("focusin", ({ target }) => isRow(target) && stir())

/** Milliseconds; a pointer that never rests keeps nobody from the news. */
const LONGEST = 2500

const LISTS = { people: ["#people", "p-"], conversations: ["#conversations", "c-"] }

/** By event, the frames that wait: the newest list, and what has changed of it since. */
const held = new Map()
let timer = 0

/** Keeps a frame back, and says so, if rows would move under a pointer that aims at one. */
function holdBack(frame) {
  if (!(frame.event in LISTS)) return false
  if (frame.rows === undefined) held.delete(frame.event)
  if (isStill()) {
    if (held.size > 0) release()
    return false
  }
  const waiting = held.get(frame.event) ?? []
  if (waiting.length === 0 && staysInPlace(frame)) return false
  if (timer === 0) timer = setTimeout(release, LONGEST)
  held.set(frame.event, [...waiting, frame])
  return true
}

/** Rows may change where they are, and people may join below all others: nothing moves then. */
function staysInPlace({ event, content, rows, gone }) {
  const [list, prefix] = LISTS[event]
  if (rows !== undefined) return gone.length === 0 && rows.every((row) => isInPlace(row, prefix))
  const now = [...document.querySelectorAll(`${list} > li`)].map(({ id }) => id)
  const next = [...content.matchAll(/<li id="([^"]+)"/gu)]
    .map(([, id]) => id)
    .filter((id) => id.startsWith(prefix))
  const isSame = now.every((id, i) => id === next[i])
  return isSame && (event === "people" || now.length === next.length)
}

function isInPlace({ id, above }, prefix) {
  const row = document.getElementById(prefix + id)
  const before = above === undefined ? undefined : prefix + above
  return row !== null && row.previousElementSibling?.id === before
}

function release() {
  clearTimeout(timer)
  timer = 0
  const frames = [...held.values()].flat()
  held.clear()
  for (const frame of frames) {
    tell("showing", frame)
    swapIn(frame.content)
  }
}

keepFrames(holdBack)
when("lists still", release)
