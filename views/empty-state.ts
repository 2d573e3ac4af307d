import { type Html, html } from "./html.ts"
import { duetMark } from "./icons.ts"
import type { Person } from "./model.ts"

/** What stands where a conversation would, while none is open; true whoever comes and goes meanwhile. */
export function emptyState(echo: Person): Html {
  return html`<section class="empty" aria-label="No conversation open">
${duetMark("large")}
<h2>A quiet room, two chairs</h2>
<p>Choose somebody from the list, open a second tab to be somebody else, or start with Echo, who answers everything.</p>
<p class="choices"><a class="button primary" href="${echo.id}" hx-get="${echo.id}">Talk to Echo</a><a class="button" href="/" target="_blank" rel="noopener">Open a second tab</a></p>
<p class="fine">Nothing here is stored. It ends when you both leave.</p>
</section>`
}
