/** How a person is told apart at a glance: all of it derived from the id and the name. */

import { type Html, html } from "../html.ts"
import type { Person } from "../model.ts"

const HUES = 24
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" })

/** One of the classes `hue-0` to `hue-23`: colour without a style attribute, which the CSP forbids. */
export function hueClass(id: string): string {
  let hash = 2166136261
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619)
  return `hue-${(hash >>> 0) % HUES}`
}

/** Crockford's base 32: no letter in it is taken for a digit, and I, L, O and U are left out. */
const MARK_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** What tells two people apart whose names look alike: the first 40 bits of the id, as in `7K3M-Q9TX`. */
export function markOf(id: string): string {
  let bits = Number.parseInt(id.replaceAll("-", "").slice(0, 10), 16)
  let mark = ""
  for (let i = 0; i < 8; i++) {
    mark = (MARK_DIGITS[bits % 32] ?? "") + mark
    bits = Math.floor(bits / 32)
  }
  return `${mark.slice(0, 4)}-${mark.slice(4)}`
}

/** The mark of somebody whom it tells apart from another one; nobody else needs one. Hidden where the description has it. */
export function markBeside({ id, marked }: Pick<Person, "id" | "marked">, isDescribed = false): Html | false {
  return (
    marked === true &&
    html`<code translate="no" class="mark"${isDescribed && html` aria-hidden="true"`}>${markOf(id)}</code>`
  )
}

/** The first grapheme of the first and of the last word: one or two of them. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== "")
  const first = firstGrapheme(words[0] ?? "")
  const last = words.length > 1 ? firstGrapheme(words.at(-1) ?? "") : ""
  return (first + last).toLocaleUpperCase()
}

/** UTF-16 units of the longest emoji there is; what is longer is a letter under a pile of marks. */
const LONGEST = 32

/** From here on there are marks, which join the letter before them. */
const FIRST_MARK = 0x300

function firstGrapheme(word: string): string {
  // As most names begin: fifty rows of a list are not worth fifty looks into Unicode's tables.
  if (word.charCodeAt(0) < FIRST_MARK && !(word.charCodeAt(1) >= FIRST_MARK)) return word.charAt(0)
  for (const { segment } of graphemes.segment(word.slice(0, LONGEST + 2)))
    return segment.length > LONGEST ? String.fromCodePoint(segment.codePointAt(0) ?? 0) : segment
  return ""
}
