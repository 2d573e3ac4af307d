import { type Html, html } from "../html.ts"
import type { Person } from "../model.ts"
import { duetMark } from "./icons.ts"

/**
 * What stands where a conversation would, while none is open. Who is online changes meanwhile, so it holds the words
 * for both and the style sheet shows what is true; `origin` is the address that others come by.
 */
export function emptyState(echo: Person, origin: string): Html {
  return html`<section class="empty" aria-label="No conversation open">
${duetMark("large")}
<h2>A quiet room, two chairs</h2>
<ul class="lessons"><li>Talk with one person at a time. Only the two of you see it.</li>
<li class="in-company">Choose somebody from the list, and say hello.</li>
<li class="alone">You are the first one here. Send somebody this address: <span class="address"><code>${origin}</code><button class="copy-address" type="button" data-address="${origin}">Copy</button></span></li>
<li>Or try it by yourself: Echo answers everything, and a second tab can be somebody else.</li></ul>
<p class="choices"><a class="button primary" href="${echo.id}" hx-get="${echo.id}">Talk to Echo</a><a class="button" href="/" target="_blank" rel="noopener">Open a second tab</a></p>
<p class="fine">Nothing here is stored. It ends when you both leave.</p>
</section>`
}
