/** What a message answers: filled in from the line itself, to which a press leads. */

import { lineOf, wordsOf } from "./lines.js"
import { openTalk } from "./room.js"
import { when } from "./signals.js"

function fill() {
  for (const quote of openTalk()?.querySelectorAll(".quote") ?? []) show(quote, answeredBy(quote))
}

/** One that leads nowhere says why. */
function show(quote, id) {
  const words = wordsOf(id)
  // A log speaks of whatever changes in it.
  if (quote.textContent !== words) quote.textContent = words
  const isGone = lineOf(id) === null
  quote.toggleAttribute("data-gone", isGone)
  if (isGone) quote.setAttribute("aria-disabled", "true")
  else quote.removeAttribute("aria-disabled")
  quote.title = isGone ? "It is no longer kept" : ""
}

function answeredBy(quote) {
  return quote.getAttribute("href").slice("#m-".length)
}

document.addEventListener("click", (event) => {
  const quote = event.target.closest(".quote")
  if (!quote) return
  event.preventDefault()
  const line = lineOf(answeredBy(quote))
  if (!line) return
  line.scrollIntoView({ block: "center" })
  line.classList.remove("found")
  // Reading the layout lets the same line shine again.
  void line.offsetWidth
  line.classList.add("found")
})

when("line shown", fill)
when("pane shown", fill)
when("words changed", fill)
fill()
