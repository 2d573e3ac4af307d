import { type Html, html, type Value } from "../html.ts"
import type { Line } from "../model.ts"
import { time } from "../shell/time.ts"
import { type Neighbours, runAttributes } from "../transcript/grouping.ts"
import { undeliveredNote } from "../transcript/undelivered.ts"
import { content } from "./content.ts"
import { isFewEmoji, isLong, isUnseen } from "./message-kind.ts"
import { reactionChips } from "./reactions.ts"
import { tick } from "./tick.ts"
import { inWords } from "./unseen.ts"

/**
 * One message as the server knows it. Where it stands among others is added when they are drawn together; of an old
 * one, which comes late, the log says nothing.
 */
export function message(line: Line, neighbours?: Neighbours, isOld = false): Html {
  const { id, seq, own, at, clientId, progress = "accepted", undelivered, unsent } = line
  const attributes = html` id="m-${id}" data-seq="${seq}" data-at="${at}"${
    clientId !== undefined && html` data-client-id="${clientId}"`
  }${own && html` data-progress="${progress}"`}${isFewEmoji(line.content) && large(line.replyTo)}${
    neighbours && runAttributes(neighbours)
  }${isOld && html` aria-live="off"`}`
  return article(own, attributes, [
    unsent
      ? unsentBubble()
      : bubble([line.replyTo !== undefined && quote(line.replyTo, line.answered), words(line.content)]),
    notes([
      undelivered !== undefined && undeliveredNote(id, undelivered),
      html`<span class="reactions" id="r-${id}">${reactionChips(line.reactions ?? [])}</span>`,
      time(at),
      own && tick(progress),
    ]),
  ])
}

/** The form in which the page draws its own message before the server has answered; the log is silent about it till then. */
export function pendingMessage(): Html {
  return article(true, html` data-state="sending" data-progress="queued" aria-live="off"`, [
    bubble([quote(""), words("", "words pending")]),
    notes([
      html`<span class="trouble" hidden><span class="reason"></span> <button type="button" class="again">Try again</button></span>`,
      html`<span class="reactions"></span>`,
      time(0),
      tick("queued"),
    ]),
  ])
}

/** The bubble whose writer took its words back: nothing else is left to do with it. */
export function unsentBubble(): Html {
  return html`<div class="bubble unsent"><div class="words">Message unsent</div></div>`
}

function bubble(inner: readonly Value[]): Html {
  return html`<div class="bubble">${inner}</div>`
}

/** What a message answers; where the page has the other line, it fills in its words. */
function quote(messageId: string, answered?: string): Html {
  const words = answered === undefined ? "An earlier message" : quoted(answered)
  return html`<a class="quote" href="#m-${messageId}" dir="auto">${words}</a>`
}

/** UTF-16 units of a quote; `public/page/transcript/lines.js` quotes alike. */
const QUOTED = 140

function quoted(content: string): string {
  // White space is one: what is cut off shall not be looked through.
  const words = inWords(content.slice(0, 8 * QUOTED))
  if (words.length <= QUOTED) return words.toWellFormed()
  return `${Array.from(words.slice(0, QUOTED)).slice(0, -1).join("")}…`
}

/** Emoji without words need no bubble, unless they answer something. */
function large(replyTo: string | undefined): Html {
  return html` data-large="${replyTo === undefined ? "alone" : "quoting"}"`
}

function words(text: string, name = "words"): Html {
  const folded = isLong(text)
  return html`<div class="${name}" dir="auto"${folded && html` data-folded`}${isUnseen(text) && html` data-unseen`}>${content(text)}</div>${folded && foldButton}<button class="more" type="button" aria-label="Message actions" aria-haspopup="true" tabindex="-1"></button>`
}

/** Below a message that is folded. */
const foldButton = html`<button class="fold" type="button" aria-expanded="false">Show all</button>`

function notes(inner: readonly Value[]): Html {
  return html`<footer class="notes">${inner}</footer>`
}

/** A line can have the focus before the page's script makes one of them a stop of the Tab key. */
function article(own: boolean, attributes: Html, inner: readonly Value[]): Html {
  const side = own ? html`class="message own" data-own="true"` : html`class="message theirs"`
  return html`<article ${side}${attributes} tabindex="-1">${own && html`<span class="sr-only">You:</span>`}${inner}</article>`
}
