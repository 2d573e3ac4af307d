/** Looking for somebody by name: what is found stands in place of the lists while there is a query. */

import { tell, when } from "../shell/page.js"

/** Milliseconds after the last letter. */
const PAUSE = 150
/** Milliseconds between two looks at how those found are now. */
const FRESH = 1500
/** Rows of a first page, with the one that asks for more. */
const PAGE = 51

const field = document.getElementById("find")
const sidebar = field.closest(".sidebar")
const found = document.getElementById("found")
const words = document.getElementById("found-words")
const clear = field.form.querySelector(".clear")

let timer = 0
/** What the server was asked last, and what the list on the screen answers; undefined for nothing. */
let asked = sidebar.hasAttribute("data-finding") ? field.value.trim() : undefined
let answered = asked
let openFirst = false
let isOpening = false
let shownAt = 0
let freshening = 0
/** The stop that had the focus before those found were swapped: its line's id, and how many were above it. */
let held

function isFinding() {
  return asked !== undefined || field.value !== ""
}

/** Back to the lists. */
function endFinding() {
  clearTimeout(timer)
  clearTimeout(freshening)
  timer = 0
  asked = answered = undefined
  openFirst = isOpening = false
  htmx.trigger(field, "htmx:abort")
  field.value = ""
  found.replaceChildren()
  say("")
  delete sidebar.dataset.finding
  clear.hidden = true
}

function ask() {
  clearTimeout(timer)
  timer = 0
  const isFresh = field.value.trim() !== answered
  asked = field.value.trim()
  // A row that stays is the same one, so that a screen reader says nothing twice.
  field.setAttribute("hx-swap", isFresh ? "innerHTML" : "innerMorph")
  htmx.trigger(field, "find")
}

function askSoon() {
  clearTimeout(timer)
  timer = 0
  openFirst = false
  clear.hidden = field.value === ""
  const query = field.value.trim()
  if (query === "" && asked !== "") endFinding()
  else if (query !== asked) timer = setTimeout(ask, PAUSE)
}

function show() {
  if (asked === undefined) return found.replaceChildren()
  answered = asked
  shownAt = performance.now()
  sidebar.dataset.finding = ""
  clear.hidden = false
  say(found.querySelector("[data-found]").dataset.found)
  // Not before htmx knows these links: the browser would follow one by itself, and load the whole page.
  if (openFirst) queueMicrotask(openTheFirst)
  keepFocus()
}

function holdFocus() {
  const at = stops().indexOf(document.activeElement)
  held = at < 0 ? undefined : { at, id: document.activeElement.closest("li").id }
}

/** The focus goes from somebody who left to their neighbour; below what was "Show more" the next page begins. */
function keepFocus() {
  if (held && document.activeElement === document.body) {
    const all = stops()
    const same = held.id && all.find((stop) => stop.closest("li").id === held.id)
    ;(same || all[held.at] || all.at(-1) || field).focus({ preventScroll: same !== undefined })
  }
  held = undefined
}

function openTheFirst() {
  openFirst = false
  rows()[0]?.click()
}

function rows() {
  return found.querySelectorAll(".row")
}

function stops() {
  return [...found.querySelectorAll(".row, .more-people button")]
}

/** The same words again are no news to who hears them. */
function say(text) {
  if (words.textContent !== text) words.textContent = text
}

/** Those found may leave, and those looked for may come. */
function refresh() {
  clearTimeout(freshening)
  const isOnePage = found.querySelectorAll("[data-found] > li").length <= PAGE
  if (asked === undefined || asked !== answered || timer !== 0 || !isOnePage) return
  const wait = shownAt + FRESH - performance.now()
  if (wait <= 0 && !("aimed" in sidebar.dataset)) ask()
  else freshening = setTimeout(refresh, Math.max(wait, FRESH / 4))
}

field.addEventListener("input", askSoon)

clear.addEventListener("click", () => {
  endFinding()
  field.focus()
})

found.addEventListener("click", ({ target }) => {
  isOpening = target.closest(".row") !== null
})

document.addEventListener("htmx:before:swap", holdFocus)

sidebar.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.closest("#finding, #found")) return
  event.preventDefault()
  const wasFinding = isFinding()
  endFinding()
  if (wasFinding) field.focus()
  else tell("found no more")
})

/** An empty query is for everybody. */
when("find everybody", () => {
  ask()
  field.focus()
})
when("open the first", () => {
  if (!isFinding()) return
  if (timer === 0 && asked === answered) return openTheFirst()
  openFirst = true
  if (timer !== 0) ask()
})
when("found shown", show)
when("lists shown", refresh)
when("pane shown", () => isOpening && endFinding())
if (asked !== undefined) tell("found shown")
// What was typed before this ran is a wish too.
askSoon()
