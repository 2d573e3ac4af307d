/**
 * Which bubbles touch: those of one writer with no pause and nothing else between them. Each line knows how it stands
 * to its neighbours, for a style that asks what comes next (`:has`) is matched against all lines at every change.
 */

import { isOwn } from "./lines.js"

/** Milliseconds; as in `views/transcript/grouping.ts`. */
const PAUSE = 5 * 60_000

/** Has two lines that follow one another know of it; either may be null, at an end. */
export function meet(upper, lower) {
  const touch = isRun(upper, lower)
  lower?.toggleAttribute("data-run-above", touch)
  upper?.toggleAttribute("data-run-below", touch)
  upper?.toggleAttribute("data-tick-below", touch && isOwn(upper) && signOf(upper) === signOf(lower))
}

/** What the sign beside an own line tells; one that is lost or taken back has none. */
function signOf(line) {
  return line.querySelector(".trouble:not([hidden]), .unsent") ? "" : line.dataset.progress
}

function isRun(upper, lower) {
  if (!upper || lower?.previousElementSibling !== upper || isOwn(upper) !== isOwn(lower)) return false
  return lower.dataset.at - upper.dataset.at <= PAUSE
}

/** Has a line know of those above and below it. */
export function place(line) {
  meet(lineAbove(line), line)
  meet(line, lineBelow(line))
}

export function lineAbove(line) {
  let above = line.previousElementSibling
  while (above && !above.classList.contains("message")) above = above.previousElementSibling
  return above
}

export function lineBelow(line) {
  let below = line.nextElementSibling
  while (below && !below.classList.contains("message")) below = below.nextElementSibling
  return below
}
