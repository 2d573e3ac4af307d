/**
 * Finds words in the open conversation. It searches the lines on the page and fetches all earlier ones meanwhile; the
 * server never sees the words. Loaded when it is first needed.
 */

import { openTalk, when } from "../shell/page.js"
import { findIn, likened } from "./likeness.js"
import { hasEarlier, reach } from "./lines.js"

const canHighlight = "highlights" in CSS

/** Newest first, `{ line, begin, range }`. */
let matches = []
let at = 0
let cameFrom = null
/** Whether earlier lines are on their way. */
let isSeeking = false

function bar() {
  return openTalk()?.querySelector(".find-words")
}

function isOpen() {
  return bar()?.hidden === false
}

function field() {
  return bar()?.querySelector("input")
}

/** Starts when the bar has been opened; `from` had the focus before. */
export function beginFind(from) {
  if (!bar().contains(from)) cameFrom = from
  seek()
  seekEarlier()
}

/** Fetches earlier lines until there are none, or the bar is closed. */
async function seekEarlier() {
  isSeeking = true
  await reach(() => !isOpen() || !hasEarlier())
  isSeeking = false
  refresh()
}

/** Gives the focus back, unless the reader moved on while this module was loading. */
export function closeFind() {
  const at = document.activeElement
  const isHere = at === document.body || bar().contains(at) || at.matches(".find-open")
  bar().hidden = true
  forget()
  if (!isHere) return
  const to =
    cameFrom?.isConnected && cameFrom !== document.body ? cameFrom : openTalk().querySelector("textarea")
  to.focus({ preventScroll: true })
}

/** Searches again; `keep` stays at the current match if it is still there. */
function seek({ keep = false } = {}) {
  const shown = keep ? matches[at] : undefined
  forget()
  const sought = likened(field().value)
  if (sought !== "")
    for (const words of [...openTalk().querySelectorAll(".message[id] > :not(.unsent) > .words")].reverse())
      if (likened(words.textContent).includes(sought)) matches.push(...matchesIn(words).reverse())
  if (shown)
    at = Math.max(
      0,
      matches.findIndex((match) => isSame(match, shown)),
    )
  mark()
  if (!keep) reveal()
}

/** Holds for a line that was drawn again, too. */
function isSame({ line, begin }, other) {
  return line.id === other.line.id && begin === other.begin
}

function textsOf(words) {
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT)
  const texts = []
  while (walker.nextNode()) texts.push(walker.currentNode)
  return texts
}

function matchesIn(words) {
  const texts = textsOf(words)
  const whole = texts.map(({ data }) => data).join("")
  return findIn(whole, field().value).map(([begin, end]) => {
    const range = new Range()
    range.setStart(...placeIn(texts, begin))
    range.setEnd(...placeIn(texts, end - 1, 1))
    return { line: words.closest(".message"), begin, range }
  })
}

function placeIn(texts, offset, after = 0) {
  let left = offset
  for (const text of texts) {
    if (left < text.length) return [text, left + after]
    left -= text.length
  }
  throw new RangeError(`No text at ${offset}`)
}

/** 1 goes to an earlier match, -1 to a later one. */
export function step(by) {
  if (matches.length === 0) return
  at = (at + by + matches.length) % matches.length
  mark()
  reveal()
}

function mark() {
  const here = matches[at]
  bar().querySelector("output").textContent = tally()
  for (const button of bar().querySelectorAll("[data-step]")) button.disabled = matches.length < 2
  if (!canHighlight) return here?.line.classList.add("match")
  CSS.highlights.set("match", new Highlight(...matches.map(({ range }) => range)))
  const current = new Highlight(...(here ? [here.range] : []))
  current.priority = 1
  CSS.highlights.set("match-here", current)
}

function tally() {
  if (field().value.trim() === "") return ""
  if (matches.length > 0) return `${at + 1} of ${matches.length}`
  if (isSeeking) return "Looking…"
  return hasEarlier() ? "Nothing found so far" : "Nothing found"
}

function reveal() {
  const { line, range } = matches[at] ?? {}
  if (!line) return
  line.querySelector(".fold[aria-expanded='false']")?.click()
  const box = line.closest(".scroller")
  const seen = box.getBoundingClientRect()
  const { top, bottom } = range.getBoundingClientRect()
  if (top < seen.top + 24 || bottom > seen.bottom - 24)
    box.scrollBy({ top: (top + bottom) / 2 - (seen.top + seen.bottom) / 2, behavior: "instant" })
}

function forget() {
  for (const line of document.querySelectorAll(".message.match")) line.classList.remove("match")
  matches = []
  at = 0
  if (!canHighlight) return
  CSS.highlights.delete("match")
  CSS.highlights.delete("match-here")
}

function refresh() {
  if (isOpen()) seek({ keep: true })
}

/** Shows the first match when its line arrives. */
function refreshEarlier() {
  const hadNone = matches.length === 0
  refresh()
  if (hadNone) reveal()
}

/** A conversation that was fetched again keeps its bar; another has its own, which is closed. */
function carryOn() {
  if (!isOpen()) return forget()
  seek({ keep: true })
  seekEarlier()
}

document.addEventListener("input", ({ target }) => target === field() && seek())
document.addEventListener("click", ({ target }) => {
  const button = target.closest(".find-words button")
  if (!button) return
  if (button.dataset.step) step(Number(button.dataset.step))
  else closeFind()
})
when("line shown", refresh)
when("earlier shown", refreshEarlier)
when("words changed", refresh)
when("pane shown", carryOn)
