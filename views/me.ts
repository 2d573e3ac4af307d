import { avatar } from "./avatar.ts"
import { type Html, html } from "./html.ts"
import type { Person } from "./model.ts"
import { blockForm } from "./peer-menu.ts"
import { renameForm } from "./rename-form.ts"
import { settings } from "./settings.ts"

/** Who the reader is; opens onto another name, their settings, and the way out. */
export function meMenu(me: Person, blocked: readonly Person[]): Html {
  return html`<details class="menu me-menu"><summary class="me" id="me-${me.id}" title="Your name and settings">${meSummary(me)}</summary>
<div class="panel">${renameForm(me)}${settings()}${blockedPeople(me, blocked)}${forgetForm(me)}</div></details>`
}

/** Inner of `#me-<id>`. */
export function meSummary(me: Person): Html {
  return html`${avatar(me, "small")}<bdi class="name">${me.name}</bdi><span class="sr-only">, your name and settings</span>`
}

function blockedPeople(me: Person, blocked: readonly Person[]): Html {
  const list = blocked.map((person) => html`<li>${blockForm(person, me.id, true)}</li>`)
  return html`<h2>Blocked people</h2>${list.length > 0 ? html`<ul class="blocked">${list}</ul>` : html`<p class="fine">Nobody.</p>`}`
}

function forgetForm({ id }: Person): Html {
  return html`<form class="forget" method="post" action="/u/${id}/leave" data-leave><button class="quiet" type="submit">Leave and forget</button>
<p class="fine">Ends your conversations, and clears your drafts and all that this browser keeps of you here.</p>
<label><input type="checkbox" name="settings" autocomplete="off">My settings too</label></form>`
}
