import { type Html, html } from "../html.ts"
import { closeIcon, searchIcon } from "../shell/icons.ts"

/** Where somebody is looked for by name. Without scripts it is a plain form, which asks for the page again. */
export function findField(me: string, query: string): Html {
  return html`<form id="finding" class="finding" role="search" method="get" action="/u/${me}/">${searchIcon}
<input id="find" name="q" type="search" aria-label="Find a person" placeholder="Find a person" value="${query}" maxlength="64" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" dir="auto" hx-get="people" hx-trigger="input delay:150ms, find" hx-target="#found" hx-swap="innerMorph" hx-sync="this:replace" hx-push-url="false">
<kbd aria-hidden="true">Ctrl K</kbd><button class="clear" type="button" aria-label="Clear">${closeIcon}</button></form>`
}
