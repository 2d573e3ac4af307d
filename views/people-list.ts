import { avatar } from "./avatar.ts"
import { type Html, html } from "./html.ts"
import { idMark } from "./identity.ts"
import type { PeopleOnline, Person } from "./model.ts"
import { describedAs } from "./person-words.ts"

/**
 * The rows of those who came last: one fragment for all readers, so its links are relative and the page hides
 * the reader's own row. `me` hides it from the first paint, where the reader is known.
 */
export function peopleRows(people: readonly Person[], me?: string): Html {
  return html`${people.map((person) => personRow(person, "p", person.id === me))}`
}

/** How many others there are; the page takes the reader away where the server could not. */
export function peopleTotal(online: PeopleOnline, me?: string): Html {
  const others = me === undefined ? online.total : Math.max(0, online.total - 1)
  return html`<span data-total="${online.total}">${others.toLocaleString("en")}</span>`
}

/** Inner of `#people-rest`: the way to those whom the list leaves out. */
export function restOfPeople({ people, total }: PeopleOnline): Html {
  const rest = total - people.length
  if (rest <= 0) return html``
  return html`<a class="quiet" href="./?q=" data-everybody>and ${rest.toLocaleString("en")} more</a>`
}

/** One row; `list` sets its id apart from that of the same person in another list. */
export function personRow(person: Person, list: "p" | "f", own = false): Html {
  return html`<li id="${list}-${person.id}"${own && html` hidden`}><a class="row" href="${person.id}" hx-get="${person.id}" aria-description="${describedAs(person)}">${avatar(person)}<span class="who"><bdi class="name">${person.name}</bdi><code class="mark" aria-hidden="true">${idMark(person.id)}</code></span></a></li>`
}
