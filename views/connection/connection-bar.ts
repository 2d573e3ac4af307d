import { type Html, html } from "../html.ts"
import { closeIcon } from "../shell/icons.ts"

/** Says when the page is cut off from the server, or was; empty and out of sight otherwise. */
export function connectionBar(): Html {
  return html`<div class="connection" role="status" x-data="connection" :data-tone="tone" :data-shown="words !== ''" @offline.window="doubt()" @online.window="mistaken = false" @submit.document="leave($event)"><p x-show="words" x-cloak><span class="pulse" x-show="waiting" x-cloak></span><span><span x-text="words"></span><span class="count" aria-hidden="true" x-text="count"></span></span><button class="act" type="button" x-show="waiting" x-cloak @click="tryNow()">Try now</button><a class="act" :href="ended === 'Reload' ? '' : '/'" x-show="ended" x-text="ended" x-cloak></a><button class="dismiss" type="button" aria-label="Dismiss" x-show="dismissible" x-cloak @click="say('')">${closeIcon}</button></p></div>`
}
