/** What a message answers: filled in from the line itself, to which a press leads. */

import { hasEarlier, reachLine } from "./earlier.js"
import { lineOf, wordsOf } from "./lines.js"
import { openTalk } from "./room.js"
import { when } from "./signals.js"

function fill() {
  for (const quote of openTalk()?.querySelectorAll(".quote") ?? []) show(quote, answeredBy(quote))
}

/** One that leads nowhere says why. */
function show(quote, id) {
  const isHere = lineOf(id) !== null
  const isGone = !isHere && !hasEarlier()
  const words = wordsOf(id)
  // A log speaks of whatever changes in it. What the server wrote of a line that is further up stays.
  if ((isHere || isGone) && quote.textContent !== words) quote.textContent = words
  quote.toggleAttribute("data-gone", isGone)
  if (isGone) quote.setAttribute("aria-disabled", "true")
  else quote.removeAttribute("aria-disabled")
  quote.title = isGone ? "It is no longer kept" : ""
}

function answeredBy(quote) {
  return quote.getAttribute("href").slice("#m-".length)
}

document.addEventListener("click", async (event) => {
  const quote = event.target.closest(".quote")
  if (!quote) return
  event.preventDefault()
  const id = answeredBy(quote)
  await reachLine(id)
  const line = lineOf(id)
  if (!line || !quote.isConnected) return
  line.scrollIntoView({ block: "center" })
  line.classList.remove("found")
  // Reading the layout lets the same line shine again.
  void line.offsetWidth
  line.classList.add("found")
})

when("line shown", fill)
when("earlier shown", fill)
when("pane shown", fill)
when("words changed", fill)
fill()
