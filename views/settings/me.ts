import { type Html, html } from "../html.ts"
import type { Person } from "../model.ts"
import { avatar } from "../sidebar/avatar.ts"
import { fitting, room } from "../transcript/fitting.ts"
import { blockForm } from "../transcript/peer-menu.ts"
import { renameForm } from "./rename-form.ts"
import { settings } from "./settings.ts"

/**
 * Who the reader is; opens onto another name, their settings, and the way out. Asked for a piece of the blocked people,
 * as without scripts, it stands open.
 */
export function meMenu(me: Person, blocked: readonly Person[], blockedAfter?: string): Html {
  const isAsked = blockedAfter !== undefined
  return html`<div class="menu me-menu" x-data="meMenu"><button class="me" id="me-${me.id}" type="button" popovertarget="me-panel" title="Your name and settings">${meSummary(me)}</button>
<div class="panel" id="me-panel"${!isAsked && html` popover @beforetoggle="turn"`}>${renameForm(me)}${settings()}${blockedPeople(me, blocked, blockedAfter)}${forgetForm(me)}</div></div>`
}

/** Inner of `#me-<id>`. */
export function meSummary(me: Person): Html {
  return html`${avatar(me, "small")}<bdi translate="no" class="name">${me.name}</bdi><span class="sr-only">, your name and settings</span>`
}

function blockedPeople(me: Person, blocked: readonly Person[], after?: string): Html {
  return html`<h2>Blocked people</h2>${blocked.length > 0 ? html`<ul class="blocked">${blockedRows(me.id, blocked, after)}</ul>` : html`<p class="fine">Nobody.</p>`}`
}

/** As many as fit, after the user with this id; the last row asks for the next. */
export function blockedRows(me: string, blocked: readonly Person[], after?: string): Html {
  const from = 1 + blocked.findIndex(({ id }) => id === after)
  const listed = blocked.slice(from, from + blockedAtOnce)
  const rows = fitting(listed, room.blocked, (person) => html`<li>${blockForm(person, me, true)}</li>`)
  const left = blocked.length - from - rows.length
  const last = listed[rows.length - 1]
  return html`${rows}${left > 0 && last !== undefined && moreRow(last.id, left)}`
}

const blockedAtOnce = 50

function moreRow(after: string, left: number): Html {
  const address = `blocked?after=${after}`
  return html`<li><a class="quiet" href="${address}" hx-get="${address}" hx-target="closest li" hx-swap="outerHTML" hx-sync="this:drop" hx-push-url="false">and ${left} more</a></li>`
}

function forgetForm({ id }: Person): Html {
  return html`<form class="forget" method="post" action="/u/${id}/leave" data-leave @submit="forget"><button class="quiet" type="submit">Leave and forget</button>
<p class="fine">Ends your conversations, and clears your drafts and all that this browser keeps of you here.</p>
<label><input type="checkbox" name="settings" autocomplete="off">My settings too</label></form>`
}
