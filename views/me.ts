import { avatar } from "./avatar.ts"
import { type Html, html } from "./html.ts"
import type { Person } from "./model.ts"
import { blockForm } from "./peer-menu.ts"

/** Who the reader is; opens onto another name and onto those they blocked. Works without scripts. */
export function meMenu(me: Person, blocked: readonly Person[]): Html {
  return html`<details class="menu me-menu"><summary class="me" id="me-${me.id}" title="${me.name}">${meSummary(me)}</summary>
<div class="panel"><form class="rename" method="post" action="/u/${me.id}/rename"><label for="new-name">Your name</label>
<p><input id="new-name" name="name" type="text" value="${me.name}" autocomplete="nickname" spellcheck="false" required dir="auto"><button class="button" type="submit">Rename</button></p></form>
${blocked.length > 0 && html`<h2>Blocked</h2><ul class="blocked">${blocked.map((person) => html`<li>${blockForm(person, me.id, true)}</li>`)}</ul>`}</div></details>`
}

/** Inner of `#me-<id>`. */
export function meSummary(me: Person): Html {
  return html`<bdi class="name">${me.name}</bdi>${avatar(me, "small")}`
}
