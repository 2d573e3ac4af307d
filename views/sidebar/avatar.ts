import { type Html, html } from "../html.ts"
import type { Person } from "../model.ts"
import { hueClass, initials } from "./identity.ts"

/** A circle of initials with a dot for presence; decoration, so the words beside it must say the same. */
export function avatar(person: Person, size: "small" | "normal" = "normal"): Html {
  return html`<span class="avatar ${size} ${hueClass(person.id)}" data-status="${person.status}" aria-hidden="true" translate="no">${initials(person.name)}</span>`
}
