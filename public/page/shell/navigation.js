/**
 * Moving between conversations: fetching one, also again when it was fetched too early, and where the focus goes when it
 * is shown. At a desk that is the composer, unless the reader is elsewhere by then. On a phone the list and a
 * conversation are two places: the focus goes from one to the other.
 */

import { newestOf } from "../connection/connection.js"
import { openPeer, openTalk, settings, tell, when } from "./page.js"

const ATTEMPTS = 3
/** What was filled in is not taken: the answer is the form again, with the reason. */
const REFUSED = 422

let attempts = 0

/** Whose lines were changed while a conversation was on the way here, which may show them as they were. */
const changed = new Set()

/** Fetches what the address names into the conversation's place. */
function fetchPane() {
  return htmx.ajax("GET", location.pathname, { target: "#conversation", swap: "innerHTML" })
}

// A line may arrive while its conversation is on the way here, and find no place to stand.
when("pane shown", () => {
  const talk = openTalk()
  const late =
    talk && (Number(talk.dataset.seq) < newestOf(talk.dataset.peer) || changed.has(talk.dataset.peer))
  attempts = late ? attempts + 1 : 0
  if (late && attempts <= ATTEMPTS) queueMicrotask(fetchPane)
})

/** Whether it asks for another place, and not for more of this one. */
function leads(sourceElement) {
  return sourceElement?.matches?.(".sooner a") !== true
}

for (const change of ["reactions", "unsent", "undelivered"]) when(change, ({ peer }) => changed.add(peer))

// Some of what this page should show is no longer in the journal: what the server holds is what there is.
when("resync", fetchPane)

// htmx would fetch the whole page; here the server answers with the pane alone.
document.addEventListener("htmx:before:history:restore", (event) => {
  event.preventDefault()
  fetchPane()
})

document.addEventListener("htmx:before:response", (event) => {
  const { request, response, sourceElement } = event.detail.ctx
  if (!leads(sourceElement)) return
  const isStale = sourceElement === document.body && request.action !== location.pathname
  const isShown = response.status < 400 || response.status === REFUSED
  if (isShown && !isStale) return
  event.preventDefault()
  if (!isStale) location.assign(request.action)
})

const narrow = matchMedia("(max-width: 47.99rem)")
/** Any other screen that is pressed would open its keyboard over the conversation that was asked for. */
export const roomy = matchMedia("(min-width: 48rem) and (hover: hover)")

let shown = openPeer()
/** What had the focus when the reader asked for the conversation that is on its way here. */
let askedFrom
/** The newest request for a conversation: while it is on its way here, another press goes on from that one. */
let newest

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (leads(ctx.sourceElement)) changed.clear()
  if (ctx.target.id !== "conversation") return
  newest = ctx
  if (ctx.sourceElement !== document.body) askedFrom = document.activeElement
})

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx?.target.id === "conversation") askedFrom = undefined
  if (ctx && leads(ctx.sourceElement))
    tell("out of reach", "That could not be opened. Check your connection and try again.")
})

function arrive() {
  const left = shown
  shown = openPeer()
  const at = document.activeElement
  const isElsewhere = at !== document.body && at !== askedFrom && at.checkVisibility()
  askedFrom = undefined
  if (isElsewhere) return
  if (narrow.matches) (openTalk()?.querySelector(".peer") ?? rowOf(left))?.focus({ preventScroll: true })
  else if (roomy.matches) write()
}

function write() {
  openTalk()?.querySelector("textarea").focus({ preventScroll: true })
}

function rowOf(peer) {
  const row = `.row[href="${CSS.escape(peer)}"]`
  return document.querySelector(`#conversations ${row}`) ?? document.querySelector(`#people ${row}`)
}

// What else gives the focus back does so first.
when("pane shown", () => queueMicrotask(arrive))
if (!narrow.matches) arrive()

/**
 * Moves to the conversation above or below, or to the next with something unread. `step` is -1 for up, 1 for down.
 */
function move(step, unreadAlone) {
  const rows = [...document.querySelectorAll("#conversations .row")]
  const isComing = newest?.status === "issuing"
  const from = isComing ? newest.request.action.split("/").at(-1) : openPeer()
  const at = rows.findIndex((row) => row.getAttribute("href") === from)
  const ahead = step > 0 ? rows.slice(at + 1) : rows.slice(0, at < 0 ? rows.length : at).reverse()
  const next = unreadAlone ? ahead.find((row) => row.querySelector(".unread")) : ahead[0]
  next?.click()
}

export const isApple = /mac|iphone|ipad/iu.test(navigator.userAgentData?.platform ?? navigator.platform)
const WRITING = "input, textarea, select, [contenteditable]"

const dialog = document.getElementById("shortcuts")

const keys = {
  "?": () => dialog.showModal(),
  "/": find,
}

let loading

/** One promise for all who wait: those who wait for imports of their own need not hear of it in the order they asked. */
function finder() {
  loading ??= import("../transcript/finder.js").catch((error) => {
    loading = undefined
    throw error
  })
  return loading
}

/** The field is there at once, so that what is typed next goes there; what finds is loaded meanwhile. */
function find() {
  const bar = document.querySelector("#conversation .find-words")
  if (!bar) return
  const from = document.activeElement
  const field = bar.querySelector("input")
  bar.hidden = false
  field.select()
  field.focus()
  finder().then(({ beginFind }) => beginFind(from))
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || !event.target.closest) return
  const act = event.altKey ? withAlt(event) : alone(event)
  // What is open over the page has the keys.
  if (!act || document.querySelector("dialog:modal, :popover-open")) return
  if (act !== write) event.preventDefault()
  act()
})

function withAlt({ key, shiftKey, target }) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[key]
  // There the same keys move the cursor through what is written.
  const isCursors = isApple && target.closest(WRITING) && target.value !== ""
  return step && !isCursors && (() => move(step, shiftKey))
}

function alone({ key, target }) {
  if (target.closest(WRITING)) return undefined
  // Speech input presses keys that its speaker never meant.
  if (key in keys && settings.singleKeys) return keys[key]
  // Words go to the composer, wherever the focus was left. A space presses what has the focus, or scrolls.
  const isLetter = Array.from(key).length === 1 && key !== " "
  return isLetter && !target.closest(".message") ? write : undefined
}

// Pressed while what finds is still being loaded, they hold too.
document.addEventListener("keydown", (event) => {
  const { key, shiftKey, target } = event
  if (!target.closest?.(".find-words")) return
  const isStep = key === "Enter" && target.matches("input")
  if (!isStep && key !== "Escape") return
  event.preventDefault()
  finder().then(({ closeFind, step }) => (isStep ? step(shiftKey ? -1 : 1) : closeFind()))
})

document.addEventListener("click", ({ target }) => {
  if (target.closest(".find-open")) {
    const isOpen = document.querySelector("#conversation .find-words:not([hidden])") !== null
    return isOpen ? finder().then(({ closeFind }) => closeFind()) : find()
  }
  if (!target.closest("[data-keys]")) return
  // The menu gives the focus back first: that is where it returns when the dialog closes.
  target.closest("[popover]")?.hidePopover()
  dialog.showModal()
})
