/** Asks for one emoji: `await pickEmoji(button)`. Loaded when it is first needed, and brings its own markup and style. */

import { keep, kept, page, settings, when } from "../shell/page.js"
import { placeBeside } from "../shell/popover.js"
import { isStep, sideways, stepAmong, stopAt } from "../shell/roving-focus.js"
import { buttonsOf, fillGrid, stepFrom, stepTo } from "./grid.js"
import { emojiPages, findEmoji, toned } from "./list.js"

const RECENT = 16
/** The two last kinds share a page. */
const PAGES = 8
const TONES = { none: "", light: "🏻", "medium-light": "🏼", medium: "🏽", "medium-dark": "🏾", dark: "🏿" }

const picker = await bring()
const search = picker.querySelector("input")
const tone = picker.querySelector(".skin-tone")
const tablist = picker.querySelector("[role='tablist']")
const tabs = [...tablist.children]
const panel = picker.querySelector(".emoji-page")
const status = picker.querySelector("[role='status']")
const handy = matchMedia("(hover: hover)")

let pages = []
let recent = kept("emoji") ?? []
let anchor = null
let answer = () => {}
let isClosing = false

/** Opens beside `beside`; answers the emoji, or null when the reader turned away. A second press closes it. */
export function pickEmoji(beside) {
  if (isClosing && anchor === beside) return Promise.resolve(null)
  answer(null)
  anchor = beside
  picker.showPopover()
  anchor.ariaExpanded = "true"
  search.value = ""
  turnTo(tabs[0])
  place()
  if (handy.matches) search.focus()
  else tabs[0].focus()
  emojiPages().then(arrived, () =>
    fillWithWords("The emoji could not be fetched. Check your connection and try again."),
  )
  const { promise, resolve } = Promise.withResolvers()
  answer = resolve
  return promise
}

function arrived(found) {
  pages = found
  show()
}

function place() {
  placeBeside(picker, anchor)
}

function turnTo(tab) {
  for (const other of tabs) other.ariaSelected = String(other === tab)
  stopAt(tab, tablist, "[role='tab']")
  search.value = ""
  panel.ariaLabel = tab.ariaLabel
  show()
}

function show() {
  const query = search.value.trim()
  const modifier = TONES[settings.skinTone]
  tone.textContent = `✋${modifier}`
  tone.ariaLabel = `Skin tone: ${settings.skinTone}`
  picker.toggleAttribute("data-searching", query !== "")
  if (query === "") fillGrid(panel, shownPage(modifier))
  else showFound(findEmoji(pages, query), modifier)
}

function shownPage(modifier) {
  const at = tabs.findIndex((tab) => tab.ariaSelected === "true")
  const shown = at === PAGES - 1 ? pages.slice(at) : pages.slice(at, at + 1)
  const parts = shown.map(({ name, emoji }) => ({ name, entries: inTone(emoji, modifier) }))
  return at === 0 && pages.length > 0 ? [{ name: "Recent", entries: recent }, ...parts] : parts
}

function showFound(found, modifier) {
  const words = found.length === 0 ? "Nothing of that name." : `${found.length} found`
  status.textContent = words
  if (found.length === 0) fillWithWords(words)
  else fillGrid(panel, [{ name: "Found", entries: inTone(found, modifier) }])
}

function inTone(entries, modifier) {
  return entries.map((entry) => ({ emoji: toned(entry, modifier), name: entry.name }))
}

function fillWithWords(words) {
  const line = document.createElement("p")
  line.textContent = words
  panel.replaceChildren(line)
}

function take(button) {
  const taken = { emoji: button.textContent, name: button.title }
  recent = [taken, ...recent.filter(({ emoji }) => emoji !== taken.emoji)].slice(0, RECENT)
  keep("emoji", recent)
  answer(taken.emoji)
  picker.hidePopover()
}

function nextTone() {
  const names = Object.keys(TONES)
  settings.skinTone = names[(names.indexOf(settings.skinTone) + 1) % names.length]
}

search.addEventListener("input", show)
search.addEventListener("keydown", (event) => {
  const first = buttonsOf(panel)[0]
  if (!first || (event.key !== "Enter" && event.key !== "ArrowDown")) return
  event.preventDefault()
  if (event.key === "ArrowDown") stepTo(panel, first)
  else if (search.value.trim() !== "") take(first)
})

tone.addEventListener("click", nextTone)
Alpine.effect(show)

for (const tab of tabs) tab.addEventListener("click", () => turnTo(tab))
tablist.addEventListener("keydown", (event) => {
  const steps = sideways(tablist)
  if (!isStep(event.key, steps)) return
  event.preventDefault()
  // Round and round.
  const next = stepAmong(tabs, event.target, event.key, steps) ?? tabs.at(steps[event.key] > 0 ? 0 : -1)
  turnTo(next)
  next.focus()
})

panel.addEventListener("click", ({ target }) => {
  const button = target.closest("button")
  if (button) take(button)
})
panel.addEventListener("keydown", (event) => {
  const next = stepFrom(panel, event.target, event.key)
  if (next === undefined) return
  event.preventDefault()
  if (next === null) search.focus()
  else stepTo(panel, next)
})

async function bring() {
  const [markup] = await Promise.all([text("../../built/emoji.html"), styled("../../built/emoji.css")])
  page.insertAdjacentHTML("beforeend", markup)
  return document.getElementById("emoji-picker")
}

async function text(path) {
  const response = await fetch(new URL(path, import.meta.url))
  if (!response.ok) throw new Error(`${path} came with ${response.status}`)
  return response.text()
}

function styled(path) {
  const { promise, resolve, reject } = Promise.withResolvers()
  const link = document.createElement("link")
  Object.assign(link, {
    rel: "stylesheet",
    href: new URL(path, import.meta.url),
    onload: resolve,
    onerror: reject,
  })
  document.head.append(link)
  return promise
}

// A press on what opened it closes it by itself, before the press is heard.
document.addEventListener(
  "pointerdown",
  () => {
    isClosing = picker.matches(":popover-open")
  },
  true,
)
picker.addEventListener("toggle", ({ newState }) => {
  if (newState !== "closed") return
  if (anchor) anchor.ariaExpanded = "false"
  answer(null)
})
addEventListener("resize", () => picker.matches(":popover-open") && place())
when("pane shown", () => picker.hidePopover())
