/** Moving between conversations, and fetching again what was fetched too early. */

import { newestOf } from "./connection.js"
import { openTalk } from "./room.js"
import { tell, when } from "./signals.js"

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

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (leads(ctx.sourceElement)) changed.clear()
})
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

document.addEventListener("htmx:error", ({ detail }) => {
  if (detail.ctx && leads(detail.ctx.sourceElement))
    tell("out of reach", "That could not be opened. Check your connection and try again.")
})
