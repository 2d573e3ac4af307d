import { content } from "./content.ts"
import { type Html, html, type Value } from "./html.ts"
import type { Line, UndeliveredReason } from "./model.ts"
import { time } from "./time.ts"

/** One message as the server knows it. */
export function message(line: Line): Html {
  const attributes = html` id="m-${line.id}" data-at="${line.at}"${
    line.clientId !== undefined && html` data-client-id="${line.clientId}"`
  }`
  return bubble(line.own, attributes, content(line.content), [
    time(line.at),
    line.undelivered === true && undeliveredNote(line.id),
  ])
}

/** The form in which the page draws its own message before the server has answered. */
export function pendingMessage(): Html {
  return bubble(true, html` data-state="sending"`, "", [
    time(0),
    html`<span class="sending sr-only">Sending</span>`,
    html`<span class="trouble" hidden><span class="reason"></span> <button type="button" class="again">Try again</button></span>`,
  ])
}

/** Stands below a message that the peer will never get. */
export function undeliveredNote(messageId: string, reason?: UndeliveredReason): Html {
  return html`<span class="trouble" id="u-${messageId}">${undeliveredWords(reason)}</span>`
}

function undeliveredWords(reason: UndeliveredReason | undefined): string {
  switch (reason) {
    case "left":
      return "Not delivered: they had left."
    case "overflow":
      return "Not delivered: too much was waiting for them."
    case "failed":
      return "Not delivered: something failed on the way."
    case undefined:
      return "Not delivered."
    default:
      return reason satisfies never
  }
}

function bubble(own: boolean, attributes: Html, text: Value, notes: readonly Value[]): Html {
  const side = own ? html`class="message own" data-own="true"` : html`class="message theirs"`
  const speaker = own && html`<span class="sr-only">You:</span>`
  return html`<article ${side}${attributes}>${speaker}<p class="bubble" dir="auto">${text}</p><footer class="notes">${notes}</footer></article>`
}
