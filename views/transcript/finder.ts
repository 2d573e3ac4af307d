import { type Html, html } from "../html.ts"
import { closeIcon, laterIcon, searchIcon, soonerIcon } from "../shell/icons.ts"

/** In the header of a conversation: opens the bar below it. */
export function findButton(): Html {
  return html`<button class="find-open" type="button" aria-label="Find in this conversation" title="Find in this conversation (/)">${searchIcon}</button>`
}

/** Finds words in what the page shows, counted from the newest; it stays when its conversation is fetched again. */
export function findBar(peerId: string): Html {
  return html`<div class="find-words" id="find-${peerId}" hx-preserve role="search" aria-label="In this conversation" hidden>
<input type="search" id="words-${peerId}" aria-label="Words to find" placeholder="Find in this conversation" autocomplete="off" spellcheck="false" enterkeyhint="search" dir="auto">
<output></output>
<button type="button" data-step="1" aria-label="Earlier" title="Earlier (Enter)">${soonerIcon}</button>
<button type="button" data-step="-1" aria-label="Later" title="Later (Shift+Enter)">${laterIcon}</button>
<button type="button" aria-label="Stop finding" title="Stop finding (Esc)">${closeIcon}</button>
</div>`
}
