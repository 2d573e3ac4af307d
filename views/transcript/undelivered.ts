import { type Html, html } from "../html.ts"
import type { UndeliveredReason } from "../model.ts"

/** Why the page holds a message for lost that no server can tell of any more. */
type Lost = "restarted" | "forgotten"

/** Stands below a message that the peer will never get, and offers to say it once more. */
export function undeliveredNote(messageId: string, reason: UndeliveredReason): Html {
  return html`<span class="trouble" id="u-${messageId}">${inner(reason)}</span>`
}

/** The same for a message whose session is gone; the page puts it where it belongs. */
export function lostNote(reason: Lost): Html {
  return html`<template id="lost-${reason}"><span class="trouble">${inner(reason)}</span></template>`
}

function inner(reason: UndeliveredReason | Lost): Html {
  return html`${reasonWords(reason)} <button type="button" class="again">Say it again</button>`
}

function reasonWords(reason: UndeliveredReason | Lost): string {
  switch (reason) {
    case "left":
      return "Not delivered: they had left."
    case "overflow":
      return "Not delivered: too much was waiting for them."
    case "failed":
      return "Not delivered: something failed on the way."
    case "restarted":
      return "Not delivered: the server restarted."
    case "forgotten":
      return "Perhaps not delivered: you were cut off for too long."
    default:
      return reason satisfies never
  }
}
