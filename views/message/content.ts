import { type Html, html, type Value } from "../html.ts"
import { copyIcon } from "../shell/icons.ts"
import { type Part, partsOf } from "./code.ts"

import { linksIn } from "./links.ts"
import { directionMarksAt, withSigns } from "./unseen.ts"

/** Addresses of one message that are looked at: each is dear to check and is shown twice. */
const LINKS_AT_MOST = 50
/** Runs of control characters in one message that are shown: each takes many times its room. */
const SIGNS_AT_MOST = 100

/**
 * A message's text with its code set apart and its web addresses as links: `http` and `https` alone, opened apart,
 * told no referrer. What marked the code stays as data, from which the page puts the text together again; so do control
 * characters, in whose place is a sign. Beyond a hundred marks, a hundred signs or fifty addresses in one message the
 * rest stays as it was written.
 */
export function content(text: string): Value {
  const left = { links: LINKS_AT_MOST, signs: SIGNS_AT_MOST }
  return partsOf(text).map((part) => shown(part, left))
}

/** How much more of a message may be shown otherwise than it was written. */
interface Allowance {
  links: number
  signs: number
}

function shown(part: Part, left: Allowance): Value {
  switch (part.type) {
    case "prose":
      return linked(part.text, left)
    case "code":
      return html`<code dir="ltr" data-before="${part.before}" data-after="${part.after}">${withSigns(part.text, left)}</code>`
    case "block":
      return html`<pre dir="ltr" data-before="${part.before}" data-after="${part.after}"><code>${withSigns(part.text, left)}</code><button class="copy-code" type="button" aria-label="Copy code" title="Copy code">${copyIcon}</button></pre>`
    default:
      return part satisfies never
  }
}

function linked(text: string, left: Allowance): Value {
  const parts: Value[] = []
  let from = 0
  for (const { start, end, host } of linksIn(text, left)) {
    const marks = directionMarksAt(text, end)
    parts.push(withSigns(text.slice(from, start), left), link(text.slice(start, end), host), marks.shown)
    from = marks.end
  }
  parts.push(withSigns(text.slice(from), left))
  return parts
}

/** The style sheet writes the host that may be mistaken behind the address, whose own words stay as they are. */
function link(address: string, host: string | undefined): Html {
  const escaped = html`${address}`
  return html`<a href="${escaped}" target="_blank" rel="noopener noreferrer nofollow"${host !== undefined && html` data-host="${host}"`}>${escaped}</a>`
}
