import { type Html, html } from "./html.ts"
import { closeIcon } from "./icons.ts"

/** Says when the page is cut off from the server, or was; empty and out of sight otherwise. */
export function connectionBar(): Html {
  return html`<div class="connection" role="status" x-data="connection" :data-tone="tone"><p x-show="words" x-cloak><span class="pulse" x-show="waiting" x-cloak></span><span x-text="words"></span><a href="/" x-show="ended" x-cloak>Start again</a><button type="button" aria-label="Dismiss" x-show="dismissible" x-cloak @click="dismiss()">${closeIcon}</button></p></div>`
}
