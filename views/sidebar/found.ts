import { type Html, html } from "../html.ts"
import type { FoundPeople } from "../model.ts"
import { conversationRow } from "./conversation-list.ts"
import { personRow } from "./people-list.ts"

/** Inner of `#found`: what stands in place of the lists while somebody is looked for. */
export function foundPeople(found: FoundPeople): Html {
  if (found.total === 0)
    return html`<p class="nobody" data-found="Nobody found">${nobodyWords(found.query)}</p>`
  return html`<ul class="found" aria-label="${found.query === "" ? "Everybody online" : "People found"}" data-found="${foundWords(found)}">${foundRows(found)}</ul>`
}

/** One page of rows; the last of them asks for the next. */
export function foundRows({ query, talks, people, next }: FoundPeople): Html {
  return html`${talks.map((talk) => conversationRow(talk, "f"))}${people.map((person) => personRow(person, "f"))}${next !== undefined && moreRow(query, next)}`
}

/** How many there are, as a heading and as what is announced. */
export function foundWords({ query, total }: FoundPeople): string {
  if (query === "") return total === 1 ? "One other online" : `${total.toLocaleString("en")} others online`
  return `${total.toLocaleString("en")} found`
}

/** Comes by itself when the end is in sight; a keyboard may press it. */
function moreRow(query: string, next: number): Html {
  const page = `people?${new URLSearchParams({ q: query, after: String(next) })}`
  return html`<li class="more-people"><button class="quiet" type="button" hx-get="${page}" hx-trigger="click, intersect" hx-target="closest li" hx-swap="outerHTML" hx-sync="#find:drop" hx-push-url="false">Show more</button></li>`
}

function nobodyWords(query: string): Html {
  if (query === "") return html`Nobody else is here yet. Open a second tab to be somebody else.`
  return html`Nobody here is called “<bdi translate="no">${query}</bdi>”. Try fewer letters, or ask them to join.`
}
