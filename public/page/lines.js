/** The lines of the open conversation, by the ids of their messages. */

import { openTalk } from "./room.js"

/** Words of a quote: what fits a line or two. */
const QUOTED = 140
const GONE = "An earlier message"

export function lineOf(id) {
  return document.getElementById(`m-${id}`)
}

export function idOf(line) {
  return line.id.slice("m-".length)
}

export function isOwn(line) {
  return line.dataset.own !== undefined
}

/** All that is said in a line, as it was written. */
export function contentOf(line) {
  return line.querySelector(".words").textContent
}

export function isUnsent(line) {
  return line.querySelector(".unsent") !== null
}

/** The beginning of a message, for a quote of it. */
export function wordsOf(id) {
  const line = lineOf(id)
  if (!line) return GONE
  const words = contentOf(line).replace(/\s+/gu, " ")
  return words.length > QUOTED ? `${Array.from(words.slice(0, QUOTED)).slice(0, -1).join("")}…` : words
}

/** Who wrote a message, to whoever reads this page. */
export function writerOf(id) {
  const line = lineOf(id)
  return line && isOwn(line) ? "yourself" : openTalk().dataset.name
}
