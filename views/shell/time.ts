import { type Html, html } from "../html.ts"

/** A moment in UTC; the page's script turns it into the reader's own time, and shows it then. */
export function time(at: number): Html {
  const iso = new Date(at).toISOString()
  return html`<time datetime="${iso}">${iso.slice(11, 16)}</time>`
}
