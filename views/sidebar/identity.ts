/** How a person is told apart at a glance: all of it derived from the id and the name. */

const HUES = 24
/** Code points of the longest name. */
const NAME = 128
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" })

/** One of the classes `hue-0` to `hue-23`: colour without a style attribute, which the CSP forbids. */
export function hueClass(id: string): string {
  let hash = 2166136261
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619)
  return `hue-${(hash >>> 0) % HUES}`
}

/** Four characters that tell two people of one name apart. */
export function idMark(id: string): string {
  return id.slice(0, 4)
}

/** A name as lists show it: whatever somebody is called, their row is no longer than another. */
export function listedName(name: string): string {
  if (name.length <= NAME) return name
  const points = Array.from(name.slice(0, 2 * NAME)).slice(0, NAME)
  return points.join("").toWellFormed()
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
