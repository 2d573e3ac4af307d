/** The lines of the open conversation, by the ids of their messages. */

import { peerName } from "./room.js"

/** Words of a quote: what fits a line or two. */
const QUOTED = 140
const GONE = "An earlier message"
const UNSEEN = "Invisible text"

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
  return written(line.querySelector(".words"))
}

/** The same as it is seen. */
export function seenOf(line) {
  const words = line.querySelector(".words")
  if (words.dataset.unseen !== undefined) return UNSEEN
  return written(words, (sign) => `[${sign.dataset.sign}]`)
}

/** With the marks that made code of some of it, and without the buttons that came with them. */
function written(part, signed = controlled) {
  if (part.nodeType === Node.TEXT_NODE) return part.data
  if (part.nodeType !== Node.ELEMENT_NODE || part.localName === "button") return ""
  if (part.dataset.sign !== undefined) return signed(part)
  const { before = "", after = "" } = part.dataset
  return before + Array.from(part.childNodes, (child) => written(child, signed)).join("") + after
}

/** No page holds a NUL: a sign says how many there are. */
function controlled(sign) {
  return sign.dataset.nul ? "\0".repeat(sign.dataset.nul) : sign.textContent
}

export function isUnsent(line) {
  return line.querySelector(".unsent") !== null
}

/** The beginning of a message, for a quote of it. */
export function wordsOf(id) {
  const line = lineOf(id)
  if (!line) return GONE
  const words = seenOf(line).replace(/\s+/gu, " ")
  return words.length > QUOTED ? `${Array.from(words.slice(0, QUOTED)).slice(0, -1).join("")}…` : words
}

/** Who wrote a message, to whoever reads this page. */
export function writerOf(id) {
  const line = lineOf(id)
  return line && isOwn(line) ? "yourself" : peerName()
}
