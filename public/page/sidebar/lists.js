/**
 * The lists, as this tab knows them: each row in its place, the one that is open, and which is the reader; arrows through
 * the rows; and the way to the field that finds a person. What else finding takes is loaded with the first use of it. A
 * list that would move what somebody aims at, by pointer, finger or focus, is deferred until they have.
 */

import { keepFrames } from "../connection/connection.js"
import { isApple } from "../shell/navigation.js"
import { me, openPeer, openTalk, swapIn, tell, when } from "../shell/page.js"
import { hourOrDay, localise } from "../transcript/transcript.js"

const MARK = "Somebody else’s name looks like this one: the mark is theirs alone"

const sidebar = document.querySelector(".sidebar")
const total = document.getElementById("people-total")

function mark() {
  const peer = openPeer()
  for (const row of sidebar.querySelectorAll(".row")) {
    if (row.getAttribute("href") === peer) row.setAttribute("aria-current", "page")
    else row.removeAttribute("aria-current")
  }
  leaveReaderOut()
  localise(sidebar, hourOrDay)
  tell("rows noted")
}

/** The list of everybody is one fragment for all, so it names the reader too. */
function leaveReaderOut() {
  const own = document.getElementById(`p-${me}`)
  if (own) own.hidden = true
  const online = Number(total.dataset.total)
  total.textContent = Math.max(0, online - 1).toLocaleString("en")
  // Of a crowd only the number may have come.
  const rest = document.querySelector("#people-part [data-everybody]")
  const left = online - document.querySelectorAll("#people > li").length
  if (rest && left > 0) rest.textContent = `and ${left.toLocaleString("en")} more`
}

// Once somebody points at one: in every row of every list it would be sent for nothing.
document.addEventListener("pointerover", ({ target }) => {
  if (target.classList?.contains("mark")) target.title = MARK
})

when("lists shown", mark)
when("found shown", mark)
when("pane shown", mark)
mark()

const list = () => document.getElementById("conversations")

/** Of the list of conversations single rows come: each is put where it belongs, and what it says follows in its place. */
function place({ event, rows, gone }) {
  if (event !== "conversations" || rows === undefined) return
  for (const id of gone) rowOf(id)?.remove()
  for (const { id, above } of rows) put(rowOf(id) ?? newRow(id), above)
}

function put(row, above) {
  const next = above === undefined ? list().firstElementChild : (rowOf(above)?.nextElementSibling ?? null)
  if (next === row || (row.parentElement && row.nextElementSibling === next)) return
  // The focus stays on a row while it moves.
  if (row.parentElement && list().moveBefore) list().moveBefore(row, next)
  else insert(row, next)
}

function insert(row, next) {
  const focused = row.contains(document.activeElement) ? document.activeElement : undefined
  list().insertBefore(row, next)
  focused?.focus({ preventScroll: true })
}

function newRow(id) {
  return Object.assign(document.createElement("li"), { id: `c-${id}` })
}

function rowOf(id) {
  return document.getElementById(`c-${id}`)
}

when("showing", place)

const field = document.getElementById("find")

/** Arrows go through the rows of the lists, from the field that finds a person and back to it. */
sidebar.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const rows = [...sidebar.querySelectorAll(".row, .more-people button, [data-everybody]")]
  const stops = [field, ...rows.filter((row) => row.checkVisibility())]
  const at = stops.indexOf(event.target)
  if (at < 0) return
  const steps = { ArrowUp: stops[at - 1], ArrowDown: stops[at + 1] }
  // In the field they move through what is written.
  const ends = at > 0 ? { Home: stops[1], End: stops.at(-1) } : {}
  const to = { ...steps, ...ends }[event.key]
  if (!to || to === event.target) return
  event.preventDefault()
  to.focus()
})

let cameFrom = null

/** Ctrl+K, or Command+K. On a phone the field may be out of sight, behind a conversation: its list comes first. */
document.addEventListener("keydown", (event) => {
  const isHeld = isApple ? event.metaKey : event.ctrlKey
  if (!isHeld || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return
  event.preventDefault()
  if (!sidebar.contains(document.activeElement)) cameFrom = document.activeElement
  if (field.checkVisibility()) return enter()
  const stop = when("pane shown", () => {
    stop()
    enter()
  })
  openTalk()?.querySelector(".back").click()
})

function enter() {
  field.focus()
  field.select()
}

if (isApple) field.form.querySelector("kbd").textContent = "⌘ K"

/** To what had the focus before Ctrl+K, or to where one writes. */
export function goBack() {
  const talk = openTalk()?.querySelector("textarea")
  const to = cameFrom?.isConnected && cameFrom !== document.body ? cameFrom : talk
  cameFrom = null
  if (to) to.focus({ preventScroll: true })
  else field.blur()
}

/** Milliseconds after which an aim has hit, or was given up. */
const QUIET = 1000

let movedAt = -QUIET
let settling = 0
let isTouched = false

export function isStill() {
  return !isTouched && performance.now() - movedAt >= QUIET
}

function stir() {
  movedAt = performance.now()
  if (settling === 0) settling = setTimeout(settle, QUIET)
}

function settle() {
  const wait = movedAt + QUIET - performance.now()
  settling = wait > 0 || isTouched ? setTimeout(settle, Math.max(wait, QUIET / 4)) : 0
  if (settling !== 0) return
  release()
}

function isRow(target) {
  return target instanceof Element && target.closest(".lists, .results") !== null
}

function touch({ target, touches }) {
  isTouched = [...touches].some((finger) => isRow(finger.target))
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
