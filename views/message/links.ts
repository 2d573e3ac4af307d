import { hostToShow, isPlain } from "./hosts.ts"

/** A web address within a text, from `start` to before `end`. */
export interface Link {
  readonly start: number
  readonly end: number
  /** The host it leads to, where a reader could take what is written for another. */
  readonly host?: string
}

/** In letters, more than any name of DNS has. To look at a host takes a time that grows with its square. */
const LONGEST_AUTHORITY = 300

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
/** Within an address, and never its last: what follows a word in a sentence, or marks it as Markdown does. */
const NOT_LAST = /[.,:;!?'*~\|\u200c\u200d～〜]|[\p{P}--\p{ASCII}]/v
/** Joins letters or tells their form. Beside ASCII it does neither, and only hides. */
const JOINS = /[\u200c\u200d\p{Variation_Selector}]/v

/** What each ASCII character does within an address, 0 for an ordinary part: a table is the fastest look-up. */
const END = 1
const OPENS = 2
const CLOSES = 3
const PARTS = 4
const roles = new Uint8Array(128)
for (let code = 0; code <= 0x20; code++) roles[code] = END
for (const sign of '<>"`\\\x7f') roles[sign.charCodeAt(0)] = END
for (const sign of "([{") roles[sign.charCodeAt(0)] = OPENS
for (const sign of ")]}") roles[sign.charCodeAt(0)] = CLOSES
/** Between two addresses. */
for (const sign of ",;|") roles[sign.charCodeAt(0)] = PARTS

/** What may stand in an address, and yet ends one that follows the same on its other side. */
const AROUND = new Map([
  ["'", "'"],
  ["‘", "’"],
  ["’", "’"],
  ["*", "*"],
  ["|", "|"],
])

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
    if (authority === undefined || authority.length > LONGEST_AUTHORITY) continue
    const end = endOf(text, start, SCHEME.lastIndex + authority.length)
    SCHEME.lastIndex = end
    const address = text.slice(start, end)
    if (isPlain(authority)) {
      if (URL.canParse(address)) links.push({ start, end })
      continue
    }
    const url = URL.parse(address)
    const host = url === null ? undefined : hostToShow(url.hostname, authority)
    if (url !== null) links.push(host === undefined ? { start, end } : { start, end, host })
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
  const closing = AROUND.get(before)?.charCodeAt(0)
  const open: number[] = []
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === closing) break
    if (code >= 0x80) {
      const sign = String.fromCodePoint(text.codePointAt(at) ?? 0)
      if (JOINS.test(sign) ? text.charCodeAt(at - 1) < 0x80 : ENDS.test(sign)) break
      at += sign.length
      continue
    }
    const role = roles[code]
    if (role === END) break
    if (role === OPENS) open.push(at)
    else if (role === CLOSES) {
      if (!closes(code, text.charCodeAt(open.at(-1) ?? start))) break
      open.pop()
    } else if (role === PARTS && matchAt(ANOTHER, text, at + 1) !== undefined) break
    at++
  }
  // What a bracket holds that is never closed belongs to the sentence.
  return withoutTrailing(text, from, open[0] ?? at, before === "_")
}

/** Whether it is the other one of two brackets. */
function closes(code: number, opening: number): boolean {
  return code === opening + (code === 0x29 ? 1 : 2)
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
