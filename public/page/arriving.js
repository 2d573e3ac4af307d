/**
 * Where the focus goes when a conversation is shown. At a desk to where one writes, unless the reader is elsewhere by
 * then. On a phone the list and a conversation are two places: it goes along from one to the other.
 */

import { openPeer, openTalk } from "./room.js"
import { when } from "./signals.js"

const narrow = matchMedia("(max-width: 47.99rem)")
/** Any other screen that is pressed would open its keyboard over the conversation that was asked for. */
export const roomy = matchMedia("(min-width: 48rem) and (hover: hover)")

let shown = openPeer()
/** What had the focus when the reader asked for the conversation that is on its way here. */
let askedFrom
let wasWriting = false

function arrive() {
  const left = shown
  shown = openPeer()
  const at = document.activeElement
  const isLost = at === document.body
  const isElsewhere = !isLost && at !== askedFrom && at.checkVisibility()
  askedFrom = undefined
  if (isElsewhere) return
  if (isLost && wasWriting && shown === left) write()
  else if (narrow.matches) goAlong(left)
  else if (roomy.matches) write()
}

function write() {
  openTalk()?.querySelector("textarea").focus({ preventScroll: true })
}

function goAlong(left) {
  if (shown !== undefined) focusOn(openTalk().querySelector(".peer"))
  else focusOn(rowOf(left))
}

function rowOf(peer) {
  const row = `.row[href="${CSS.escape(peer)}"]`
  return document.querySelector(`#conversations ${row}`) ?? document.querySelector(`#people ${row}`)
}

function focusOn(place) {
  if (!place) return
  if (place.matches(".peer")) place.tabIndex = -1
  place.focus({ preventScroll: true })
}

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.target.id === "conversation" && ctx.sourceElement !== document.body)
    askedFrom = document.activeElement
})
// Of what never comes nothing is left to remember.
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx?.target.id === "conversation") askedFrom = undefined
})
document.addEventListener("htmx:before:swap", () => {
  wasWriting = document.activeElement.matches(".composer textarea")
})
// What else gives the focus back does so first.
when("pane shown", () => queueMicrotask(arrive))
if (!narrow.matches) arrive()
