import { hostToShow } from "./hosts.ts"

/** A web address within a text, from `start` to before `end`. */
export interface Link {
  readonly start: number
  readonly end: number
  /** The host it leads to, where a reader could take what is written for another. */
  readonly host?: string
}

const SCHEME = /https?:\/\//giu
const ANOTHER = /https?:\/\//iuy
/** A name, an IPv4 address or an IPv6 one in brackets; before it perhaps who asks, after it perhaps a port. */
const AUTHORITY =
  /(?:[^\s/?#\\<>"`@[\]{}()]*@)?(?:\[[\da-f:.]+\]|[\p{L}\p{M}\p{N}._~%\-\u200c\u200d]*[\p{L}\p{M}\p{N}](?:\.(?=[/?#]))?)(?::\d{1,5}(?!\d))?/iuy

/**
 * Never within an address, after Unicode Technical Standard #58: what is not seen, what turns the reading direction,
 * and what ends a sentence, quotes or brackets in any script. Unlike there it ends an address whatever follows: where
 * these are at home no space is written behind them. The quote that is an apostrophe too is none of them.
 */
const ENDS =
  /[[\p{White_Space}\p{C}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Terminal_Punctuation}\p{Sentence_Terminal}\p{Quotation_Mark}\p{Ps}\p{Pe}\p{Pi}\p{Pf}՚-՟¿¡…⋯—―⸺⸻｜]--[\u200c\u200d\p{Variation_Selector}’]]/v
const ENDS_ASCII = /[\p{Cc}\s<>"`\\]/u
/** Within an address, and never its last: what follows a word in a sentence, or marks it as Markdown does. */
const NOT_LAST = /[.,:;!?'*~\|\u200c\u200d～〜]|[\p{P}--\p{ASCII}]/v
/** Joins letters or tells their form. Beside ASCII it does neither, and only hides. */
const JOINS = /[\u200c\u200d\p{Variation_Selector}]/v

const CLOSING = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
])
const OPENING = new Set(CLOSING.values())
/** What may stand in an address, and yet ends one that follows the same on its other side. */
const AROUND = new Map([
  ["'", "'"],
  ["‘", "’"],
  ["’", "’"],
  ["*", "*"],
  ["|", "|"],
])
const BETWEEN = new Set([",", ";", "|"])

/**
 * The `http` and `https` addresses in a text, in order. Each that could be one takes one of `left`; where none is left,
 * the rest is not looked at. Takes time linear in the length of the text.
 */
export function linksIn(text: string, left: { links: number }): Link[] {
  const links: Link[] = []
  SCHEME.lastIndex = 0
  while (left.links > 0) {
    const scheme = SCHEME.exec(text)
    if (scheme === null) break
    left.links--
    const start = scheme.index
    const authority = matchAt(AUTHORITY, text, SCHEME.lastIndex)
    if (authority === undefined) continue
    const end = endOf(text, start, SCHEME.lastIndex + authority.length)
    SCHEME.lastIndex = end
    const address = text.slice(start, end)
    if (!URL.canParse(address)) continue
    const host = hostToShow(address, authority)
    links.push(host === undefined ? { start, end } : { start, end, host })
  }
  return links
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** Where the address ends that begins at `start`, and whose authority ends before `from`. */
function endOf(text: string, start: number, from: number): number {
  if (!"/?#".includes(text.charAt(from) || " ")) return from
  const before = text.charAt(start - 1)
  const closing = AROUND.get(before)
  const open: { at: number; bracket: string }[] = []
  let at = from
  let last = ""
  while (at < text.length) {
    const sign = String.fromCodePoint(text.codePointAt(at) ?? 0)
    if (sign === closing || isEnd(sign, last)) break
    if (OPENING.has(sign)) open.push({ at, bracket: sign })
    else if (CLOSING.has(sign)) {
      if (open.at(-1)?.bracket !== CLOSING.get(sign)) break
      open.pop()
    }
    if (BETWEEN.has(sign) && matchAt(ANOTHER, text, at + 1) !== undefined) break
    last = sign
    at += sign.length
  }
  // What a bracket holds that is never closed belongs to the sentence.
  return withoutTrailing(text, from, open[0]?.at ?? at, before === "_")
}

function isEnd(sign: string, last: string): boolean {
  if (sign < "\u0080") return ENDS_ASCII.test(sign)
  return JOINS.test(sign) ? last < "\u0080" : ENDS.test(sign)
}

function withoutTrailing(text: string, from: number, to: number, isUnderlined: boolean): number {
  let end = to
  while (end > from) {
    const sign = text.charAt(end - 1)
    if (!NOT_LAST.test(sign) && !(isUnderlined && sign === "_")) break
    end--
  }
  return end
}
