import { type Part, partsOf } from "./code.ts"
import { type Html, html, type Value } from "./html.ts"
import { copyIcon } from "./icons.ts"

const LINK = /https?:\/\/[^\s<>"'`]+/giu
/** Addresses of one message that are looked at: each is dear to check and is shown twice. */
const LINKS_AT_MOST = 50
/** In letters: the longest that has a name in DNS. To look at a host takes a time that grows with its square. */
const LONGEST_HOST = 253
const TRAILING = new Set(".,;:!?)]}…")

/**
 * A message's text with its code set apart and its web addresses as links: `http` and `https` alone, opened apart,
 * told no referrer. What marked the code stays as data, from which the page puts the text together again. Beyond a
 * hundred marks or fifty addresses in one message the rest stays as it was written.
 */
export function content(text: string): Value {
  const links = { left: LINKS_AT_MOST }
  return partsOf(text).map((part) => shown(part, links))
}

/** How many more addresses may become links. */
interface Allowance {
  left: number
}

function shown(part: Part, links: Allowance): Value {
  switch (part.type) {
    case "prose":
      return linked(part.text, links)
    case "code":
      return html`<code dir="ltr" data-before="${part.before}" data-after="${part.after}">${part.text}</code>`
    case "block":
      return html`<pre dir="ltr" data-before="${part.before}" data-after="${part.after}"><code>${part.text}</code><button class="copy-code" type="button" aria-label="Copy code" title="Copy code">${copyIcon}</button></pre>`
    default:
      return part satisfies never
  }
}

function linked(text: string, links: Allowance): Value {
  const parts: Value[] = []
  let from = 0
  for (const match of text.matchAll(LINK)) {
    if (links.left === 0) break
    links.left--
    const address = withoutTrailing(match[0])
    if (hostOf(address).length > LONGEST_HOST || !URL.canParse(address)) continue
    parts.push(text.slice(from, match.index), link(address))
    from = match.index + address.length
  }
  parts.push(text.slice(from))
  return parts
}

function hostOf(address: string): string {
  return /^https?:\/\/([^/?#]*)/iu.exec(address)?.[1] ?? ""
}

/** A closing bracket stays with an address that opened it, as many encyclopedia addresses do. */
function withoutTrailing(found: string): string {
  let end = found.length
  while (TRAILING.has(found.charAt(end - 1))) end--
  const trimmed = found.slice(0, end)
  return trimmed.includes("(") && found[trimmed.length] === ")" ? `${trimmed})` : trimmed
}

function link(address: string): Html {
  const escaped = html`${address}`
  return html`<a href="${escaped}" target="_blank" rel="noopener noreferrer nofollow">${escaped}</a>`
}
