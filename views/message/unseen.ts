import { type Html, html, type Value } from "../html.ts"
import { isUnseen } from "./message-kind.ts"

/** What stands for a message of which nothing can be seen, where it is quoted or listed; `lines.js` says alike. */
const UNSEEN = "Invisible text"

/** All that controls a machine and is no white space. Browsers take NUL out of a page, so its runs are kept apart. */
const CONTROL = /\0+|[\p{Cc}--[\0\t-\r]]+/gv
const HAS_CONTROL = /[\p{Cc}--[\t-\r]]/v
const HIDDEN = /\p{Default_Ignorable_Code_Point}+/uy
const DIRECTION = /\p{Bidi_Control}/u
/** Signs of one run that are shown. */
const RUN = 16
/** What ASCII calls them, from NUL on. */
const NAMES =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split(
    " ",
  )

/**
 * Text with a sign in the place of control characters. The characters themselves stay, but for NUL, of which the number
 * stays. Each run takes one of `left`; where none is left the rest is as it was written.
 */
export function withSigns(text: string, left: { signs: number }): Value {
  if (left.signs === 0 || !HAS_CONTROL.test(text)) return text
  const parts: Value[] = []
  let from = 0
  for (const { 0: run, index } of text.matchAll(CONTROL)) {
    if (left.signs === 0) break
    left.signs--
    parts.push(text.slice(from, index), sign(run))
    from = index + run.length
  }
  parts.push(text.slice(from))
  return parts
}

/** Marks right behind an address that turn the reading direction, made visible and without effect; and where they end. */
export function directionMarksAt(text: string, at: number): { shown: Value; end: number } {
  HIDDEN.lastIndex = at
  const hidden = HIDDEN.exec(text)?.[0] ?? ""
  if (!DIRECTION.test(hidden)) return { shown: undefined, end: at }
  return { shown: sign(hidden), end: at + hidden.length }
}

/** A message as a list or a quote shows it: all in one line, and nothing of it unseen. */
export function inWords(text: string): string {
  if (isUnseen(text)) return UNSEEN
  const line = text.replace(/\s+/gu, " ")
  return HAS_CONTROL.test(line) ? line.replace(CONTROL, (run) => `[${symbols(run)}]`) : line
}

function sign(run: string): Html {
  const isNul = run.startsWith("\0")
  return html`<span class="sign" data-sign="${symbols(run)}"${isNul && html` data-nul="${run.length}"`}>${!isNul && run}</span>`
}

function symbols(run: string): string {
  const characters = Array.from(run.slice(0, 2 * RUN))
  const shown = characters.slice(0, RUN).map(symbol)
  return (characters.length > RUN ? [...shown, "…"] : shown).join(" ")
}

/** Not Unicode's pictures of them, which many systems have no font for. */
function symbol(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code === 0x7f ? "DEL" : (NAMES[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`)
}
