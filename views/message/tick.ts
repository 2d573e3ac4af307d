import { type Html, html } from "../html.ts"
import type { Progress } from "../model.ts"

/** Beside an own message: how far it has come, as a sign and in words; the style goes by `data-progress`. */
export function tick(progress: Progress | "queued"): Html {
  const words = tickWords(progress)
  return html`<span class="tick" role="img" aria-label="${words}" title="${words}"><svg viewBox="0 0 22 14" aria-hidden="true"><path class="first" d="M2 7.5l4 4L13.5 3"/><path class="second" d="M11 11.5L18.5 3"/><path class="clock" d="M13 7a5 5 0 1 1-.1-1M8 4v3l2 1.5"/></svg></span>`
}

/** What a tick says to those who do not see it, or point at it. */
export function tickWords(progress: Progress | "queued"): string {
  switch (progress) {
    case "queued":
      return "Waiting to be sent"
    case "accepted":
      return "Sent"
    case "delivered":
      return "Delivered"
    case "seen":
      return "Seen"
    default:
      return progress satisfies never
  }
}
