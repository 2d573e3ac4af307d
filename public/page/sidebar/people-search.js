/**
 * Looking for somebody by name: what is found stands in place of the lists. htmx asks while the reader writes; here is
 * which answer counts, where the focus goes, and that those found are looked at again as people come and go.
 */

import { tell, when } from "../shell/page.js"
import { goBack, isStill } from "./lists.js"

/** Milliseconds between two looks at how those found are now. */
const FRESH = 1500
/** Rows of a first page, with the one that asks for more. */
const PAGE = 51

const field = document.getElementById("find")
const found = document.getElementById("found")
const words = document.getElementById("found-words")

/** What the server was asked last, and what the list on the screen answers; undefined for nothing. */
let asked = found.firstChild ? field.value.trim() : undefined
let answered = asked
let opensFirst = false
let isOpening = false
let shownAt = 0
let freshening = 0
/** How many stops were above the one that had the focus before those found were swapped; or -1. */
let focusedAt = -1

/** Back to the lists; answers whether anybody was looked for. */
function endFinding() {
  const wasFinding = asked !== undefined || field.value !== ""
  clearTimeout(freshening)
  asked = answered = undefined
  opensFirst = isOpening = false
  htmx.trigger(field, "htmx:abort")
  field.value = ""
  found.replaceChildren()
  say("")
  return wasFinding
}

export function findEverybody() {
  field.value = asked = ""
  ask()
  field.focus()
}

/** As soon as what was written is answered. */
export function openFirst() {
  if (field.value.trim() === "" && asked === undefined) return
  if (field.value.trim() === answered) return openTheFirst()
  opensFirst = true
  ask()
}

function openTheFirst() {
  opensFirst = false
  found.querySelector(".row")?.click()
}

/** At once, whatever else of the field was about to be asked. */
function ask() {
  htmx.trigger(field, "find")
}

field.addEventListener("input", () => {
  opensFirst = false
  if (field.value.trim() === "" && asked !== "") endFinding()
})

// An empty query is for everybody.
field.addEventListener("htmx:config:request", (event) => {
  const query = field.value.trim()
  if (query === "" && asked !== "") event.preventDefault()
  else asked = query
})

function show() {
  if (asked === undefined) return found.replaceChildren()
  answered = asked
  shownAt = performance.now()
  say(found.querySelector("[data-found]").dataset.found)
  // Not before htmx knows these links: the browser would follow one by itself, and load the whole page.
  if (opensFirst) queueMicrotask(openTheFirst)
  keepFocus()
}

/** The same words again are no news to who hears them. */
function say(text) {
  if (words.textContent !== text) words.textContent = text
}

function stops() {
  return [...found.querySelectorAll(".row, .more-people button")]
}

document.addEventListener("htmx:before:swap", () => {
  focusedAt = stops().indexOf(document.activeElement)
})

/** The focus goes from somebody who left to their neighbour; below what was "Show more" the next page begins. */
function keepFocus() {
  if (focusedAt < 0 || document.activeElement !== document.body) return
  const all = stops()
  ;(all[focusedAt] ?? all.at(-1) ?? field).focus()
}

/** Those found may leave, and those looked for may come. */
function refresh() {
  clearTimeout(freshening)
  const isOnePage = found.querySelectorAll("[data-found] > li").length <= PAGE
  if (asked === undefined || asked !== answered || !isOnePage) return
  const wait = shownAt + FRESH - performance.now()
  if (wait <= 0 && isStill()) ask()
  else freshening = setTimeout(refresh, Math.max(wait, FRESH / 4))
}

field.form.querySelector(".clear").addEventListener("click", () => {
  endFinding()
  field.focus()
})

field.closest(".sidebar").addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.closest("#finding, #found")) return
  event.preventDefault()
  if (endFinding()) field.focus()
  else goBack()
})

found.addEventListener("click", ({ target }) => {
  isOpening = target.closest(".row") !== null
})

when("found shown", show)
when("lists shown", refresh)
when("pane shown", () => isOpening && endFinding())
if (asked !== undefined) tell("found shown")
