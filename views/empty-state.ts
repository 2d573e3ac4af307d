import { type Html, html } from "./html.ts"
import { duetMark } from "./icons.ts"
import type { Pane } from "./model.ts"

/** What stands where a conversation would, while none is open. */
export function emptyState({ online, echo }: Pane): Html {
  const alone = online <= 1
  return html`<section class="empty" aria-label="No conversation open">
${duetMark("large")}
<h2>${alone ? "A quiet room, two chairs" : "Choose somebody to talk with"}</h2>
<p>${
    alone
      ? "Nobody else is here yet. Open a second tab to be somebody else, or start with Echo, who answers everything."
      : "Everybody here is in the list. Or start with Echo, who answers everything."
  }</p>
<p class="choices"><a class="button primary" href="${echo.id}" hx-get="${echo.id}">Talk to Echo</a><a class="button" href="/" target="_blank" rel="noopener">Open a second tab</a></p>
<p class="fine">Nothing here is stored. It ends when you both leave.</p>
</section>`
}
