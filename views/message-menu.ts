import { type Html, html } from "./html.ts"
import { offeredEmoji } from "./reactions.ts"

/** What can be done with one message; one for a conversation, which the page opens beside the message. */
export function messageMenu(): Html {
  return html`<div class="message-menu" id="message-menu" popover role="group" aria-label="Message actions">
<p class="choose-emoji">${offeredEmoji.map((emoji) => html`<button type="button" data-act="react" data-emoji="${emoji}" aria-pressed="false" aria-label="React with ${emoji}"><span class="emoji">${emoji}</span></button>`)}</p>
<button type="button" data-act="reply">Reply</button>
<button type="button" data-act="copy">Copy</button>
<button type="button" data-act="unsend">Unsend</button>
</div>`
}
