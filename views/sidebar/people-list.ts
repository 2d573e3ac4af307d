import { type Html, html } from "../html.ts"
import type { PeopleOnline, Person } from "../model.ts"
import { fitting, room } from "../transcript/fitting.ts"
import { avatar } from "./avatar.ts"
import { markBeside } from "./identity.ts"
import { describedAs } from "./person-words.ts"

/**
 * Inner of `#people-part`: those who came last, how many others there are, and the way to those left out. One fragment
 * for all readers, so its links are relative and the page hides the reader's own row, and takes the reader from the
 * count. `me` does so from the first paint, where the reader is known.
 */
export function peopleList({ people, total }: PeopleOnline, me?: string): Html {
  const others = me === undefined ? total : Math.max(0, total - 1)
  const row = (person: Person) => personRow(person, "p", person.id === me)
  const rows = fitting(people.toReversed(), room.people, row).reverse()
  return html`<h2><span id="people-heading">People online</span>${peopleTotal(total, others)}</h2><ul id="people" aria-labelledby="people-heading">${rows}</ul>${restOfPeople(total - rows.length)}<p class="nobody">Nobody else yet.</p>`
}

/** How many are online; the page takes its reader from the count. */
export function peopleTotal(total: number, others: number): Html {
  return html`<span id="people-total" data-total="${total}">${others.toLocaleString("en")}</span>`
}

function restOfPeople(count: number): Html {
  if (count <= 0) return html``
  return html`<a class="quiet" href="./?q=" data-everybody>and ${count.toLocaleString("en")} more</a>`
}

/** One row; `list` sets its id apart from that of the same person in another list. */
export function personRow(person: Person, list: "p" | "f", own = false): Html {
  return html`<li id="${list}-${person.id}"${own && html` hidden`}><a class="row" href="${person.id}" hx-get="${person.id}" aria-description="${describedAs(person)}">${avatar(person)}<span class="who"><bdi translate="no" class="name">${person.name}</bdi>${markBeside(person, true)}</span></a></li>`
}
