/**
 * What a message answers, who reacted to it, and how a very long one unfolds: loaded with a conversation, and with it
 * what is done with messages.
 */

import { openTalk, peerName, when } from "../shell/page.js"
import { hasEarlier, lineOf, reachLine, wordsOf } from "../transcript/lines.js"
import { holdInPlace } from "../transcript/scrolling.js"
import "./keys.js"

/** Fills in what a message answers from the line itself, to which a press leads. */
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

/** Says by name whose a reaction is, when it is pointed at. */
function nameReactions() {
  const talk = openTalk()
  if (!talk) return
  const them = peerName()
  const whose = { you: "You", them, "you both": `You and ${them}` }
  for (const chip of talk.querySelectorAll(".reaction")) chip.title = whose[chip.dataset.from]
}

for (const change of ["line shown", "earlier shown", "pane shown", "peer shown", "marks changed"])
  when(change, nameReactions)
nameReactions()

/** A very long message is folded until its reader asks for all of it, or finds something in it. */
function unfold(line) {
  holdInPlace(line, () => fold(line, false))
}

function fold(line, yes) {
  const button = line.querySelector(".fold")
  button.setAttribute("aria-expanded", String(!yes))
  button.textContent = yes ? "Show all" : "Show less"
  const words = line.querySelector(".words")
  words.toggleAttribute("data-folded", yes)
  if (yes) words.scrollTop = 0
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest(".fold")
  if (!button) return
  const line = button.closest(".message")
  if (button.getAttribute("aria-expanded") === "true") fold(line, true)
  else unfold(line)
})

// What scrolls folded words to something in them, the browser's own search as well, means to show it.
document.addEventListener(
  "scroll",
  ({ target }) => {
    if (!target.matches?.(".words") || target.scrollTop === 0) return
    const line = target.closest(".message")
    if (line?.querySelector(".fold[aria-expanded='false']")) unfold(line)
  },
  { capture: true, passive: true },
)
