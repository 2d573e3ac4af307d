import { type Html, html } from "../html.ts"
import { markOf } from "../sidebar/identity.ts"

/** What became of a new name. */
export type RenameAnswer = { readonly refused: string } | { readonly saved: true }

/** Another name for the reader; answers in its own place, or by a page where there are no scripts. */
export function renameForm({ id, name }: { id: string; name: string }, answer?: RenameAnswer): Html {
  const path = `/u/${id}/rename`
  const refused = answer !== undefined && "refused" in answer ? answer.refused : undefined
  return html`<form class="rename" id="rename" method="post" action="${path}" hx-post="${path}" hx-target="#rename" hx-swap="outerMorph" hx-push-url="false" hx-sync="this:replace"><label for="new-name">Your name</label>
<p><input id="new-name" name="name" type="text" value="${name}" autocomplete="nickname" spellcheck="false" maxlength="512" required dir="auto" aria-describedby="new-name-note new-name-hint"${refused !== undefined && html` aria-invalid="true"`}><button class="button" type="submit">Rename</button></p>
<p class="fine" id="new-name-note" role="status">${refused ?? (answer !== undefined && "Renamed.")}</p>
<p class="fine" id="new-name-hint">Up to 32 characters. Where it looks like somebody else’s, others see your mark, <code translate="no">${markOf(id)}</code>.</p></form>`
}
