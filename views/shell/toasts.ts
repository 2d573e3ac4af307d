import { type Html, html } from "../html.ts"

/** Where a short word about something that went wrong appears, and goes by itself. */
export function toasts(): Html {
  return html`<div class="toasts" role="status" x-data="toasts"><template x-for="toast in list" :key="toast.key"><p class="toast" x-text="toast.words"></p></template></div>`
}
