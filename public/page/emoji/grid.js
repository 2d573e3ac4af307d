/** Emoji in rows, one stop of the Tab key for all: from it the arrows go. */

import { isStep, sideways, stepAmong, stopAt } from "../shell/roving-focus.js"

/** Fills `page` with parts of `{ name, entries: [{ emoji, name }] }`. */
export function fillGrid(page, parts) {
  page.replaceChildren(...parts.filter(({ entries }) => entries.length > 0).flatMap(drawPart))
  const first = buttonsOf(page)[0]
  if (first) first.tabIndex = 0
  page.scrollTop = 0
}

export function buttonsOf(page) {
  return [...page.querySelectorAll("button")]
}

/** Puts the focus on `button` and lets the Tab key return to it. */
export function stepTo(page, button) {
  stopAt(button, page, "button")
  button.focus()
}

/** Where a key leads from `button`: another button, `null` above the first row, undefined if it is no such key. */
export function stepFrom(page, button, key) {
  const all = buttonsOf(page)
  const at = all.indexOf(button)
  if (key === "ArrowDown") return inNextRow(all.slice(at + 1), button) ?? button
  if (key === "ArrowUp") return inNextRow(all.slice(0, at).reverse(), button) ?? null
  const steps = sideways(page)
  return isStep(key, steps) ? (stepAmong(all, button, key, steps) ?? button) : undefined
}

/** The one straight above or below, or the nearest to it in a shorter row. */
function inNextRow(others, button) {
  const next = others.find(({ offsetTop }) => offsetTop !== button.offsetTop)
  const row = others.filter(({ offsetTop }) => offsetTop === next?.offsetTop)
  const distance = ({ offsetLeft }) => Math.abs(offsetLeft - button.offsetLeft)
  return row.sort((one, other) => distance(one) - distance(other))[0]
}

function drawPart({ name, entries }) {
  const heading = document.createElement("h2")
  heading.textContent = name
  const grid = document.createElement("div")
  grid.className = "emoji-grid"
  grid.append(...entries.map(drawEmoji))
  return [heading, grid]
}

function drawEmoji({ emoji, name }) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "emoji"
  button.tabIndex = -1
  button.textContent = emoji
  button.title = name
  button.ariaLabel = name
  return button
}
