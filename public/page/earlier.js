/**
 * Earlier lines of a conversation: a page begins with the newest, and the others come in pieces as their reader nears
 * them, or when something further up is asked for.
 */

import { isOver } from "./ending.js"
import { lineOf } from "./lines.js"
import { openTalk, room, transcriptOf } from "./room.js"
import { lineAbove } from "./runs.js"
import { tell, when } from "./signals.js"

const FAILED = "Earlier messages could not be fetched."

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
function fetchPiece() {
  const asked = link()
  if (!asked || isOver()) return Promise.resolve(false)
  const { promise, resolve } = Promise.withResolvers()
  const stops = [
    when("earlier shown", () => resolve(true)),
    when("earlier failed", () => resolve(false)),
    when("pane shown", () => resolve(false)),
  ]
  fetchBy(asked)
  return promise.finally(() => {
    for (const stop of stops) stop()
  })
}

/** A press might come before htmx knows the link, and be followed. One piece comes at a time: others are dropped. */
function fetchBy(link) {
  htmx.ajax("GET", link.getAttribute("href"), { source: link })
}

function isPiece({ sourceElement }) {
  return sourceElement?.matches?.(".sooner a") === true
}

function fail(asked) {
  const word = asked.parentElement?.querySelector(".failure")
  if (word) word.textContent = FAILED
  asked.textContent = "Try again"
  tell("earlier failed")
}

document.addEventListener("htmx:before:request", (event) => {
  if (isPiece(event.detail.ctx)) changes = new Map()
})
document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail
  if (!isPiece(ctx) || ctx.response.status < 400) return
  event.preventDefault()
  fail(ctx.sourceElement)
})
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx && isPiece(ctx)) fail(ctx.sourceElement)
})

for (const event of ["reactions", "unsent", "undelivered"]) {
  when(event, (frame) => {
    if (frame.peer === openTalk()?.dataset.peer) changes?.set(`${event} ${frame.message_id}`, frame)
  })
}

/** Not fetched once more: whoever reacts all the time would keep the reader from it. */
function catchUp() {
  const frames = [...(changes?.values() ?? [])]
  changes = null
  for (const { event, message_id: id, content } of frames) {
    if (lineOf(id) === null || (event === "undelivered" && document.getElementById(`u-${id}`))) continue
    htmx.swap({
      sourceElement: room,
      target: room,
      swap: "innerHTML swapEmpty:false",
      text: content,
      transition: false,
    })
  }
}

when("earlier shown", () => queueMicrotask(catchUp))
when("pane shown", () => {
  changes = null
})

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  if (!isPiece(ctx)) return
  seam = transcriptOf(openTalk().dataset.peer).querySelector(".message")
  hadFocus = ctx.sourceElement === document.activeElement
})

/** Whoever asked by the keyboard goes on where the lines join. */
when("earlier shown", () => {
  if (!hadFocus || !seam) return
  hadFocus = false
  const line = lineAbove(seam) ?? seam
  // What lets a line take the focus hears of it too.
  queueMicrotask(() => line.focus({ preventScroll: true }))
})

// Back from a gap, what failed is tried again, if its reader still waits there.
when("hello", () => {
  if (openTalk()?.querySelector(".sooner .failure")?.textContent) fetchBy(link())
})

// Who comes by the address of a piece, which is for browsers without scripts, goes to the whole.
if (new URLSearchParams(location.search).has("before")) location.replace(location.pathname)
