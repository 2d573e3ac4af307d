import { avatar } from "./avatar.ts"
import { type Html, html } from "./html.ts"
import { idMark } from "./identity.ts"
import type { PeopleOnline, Person } from "./model.ts"

/**
 * The rows of everybody online: one fragment for all readers, so its links are relative and the page hides
 * the reader's own row. `me` hides it from the first paint, where the reader is known.
 */
export function peopleRows(people: readonly Person[], me?: string): Html {
  return html`${people.map((person) => row(person, person.id === me))}`
}

/** How many others there are; the page takes the reader away where the server could not. */
export function peopleTotal(online: PeopleOnline, me?: string): Html {
  const others = me === undefined ? online.total : Math.max(0, online.total - 1)
  return html`<span data-total="${online.total}">${others.toLocaleString("en")}</span>`
}

function row(person: Person, own: boolean): Html {
  const mark = idMark(person.id)
  return html`<li id="p-${person.id}"${own && html` hidden`}><a class="row" href="${person.id}" hx-get="${person.id}" aria-label="${person.name}" aria-description="${mark}, ${person.status}">${avatar(person)}<span class="who"><bdi class="name">${person.name}</bdi><code class="mark">${mark}</code></span></a></li>`
}
