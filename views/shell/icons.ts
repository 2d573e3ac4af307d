import { type Html, html } from "../html.ts"

/** The two circles that overlap. */
export function duetMark(size: "small" | "large"): Html {
  return html`<svg class="duet-mark ${size}" viewBox="0 0 44 44" aria-hidden="true"><circle class="one" cx="15" cy="15" r="14.5"/><circle class="two" cx="29" cy="29" r="14.5"/></svg>`
}

export const backIcon: Html = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M15 5l-7 7 7 7"/></svg>`

export const sendIcon: Html = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 19V5M6 11l6-6 6 6"/></svg>`

export const downIcon: Html = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v14M6 13l6 6 6-6"/></svg>`

export const moreIcon: Html = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12h.01M12 12h.01M19 12h.01"/></svg>`

export const copyIcon: Html = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M9 9h10v10H9zM15 9V5H5v10h4"/></svg>`

export const closeIcon: Html = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18"/></svg>`

export const smileIcon: Html = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8.5"/><path d="M8.5 14.5c1.8 2.4 5.2 2.4 7 0M9.2 9.6h.01M14.8 9.6h.01"/></svg>`

export const searchIcon: Html = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/></svg>`

export const soonerIcon: Html = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 15l6-6 6 6"/></svg>`

export const laterIcon: Html = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 9l6 6 6-6"/></svg>`

export const addIcon: Html = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v14M5 12h14"/></svg>`
