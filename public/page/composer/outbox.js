/** What was written here and not yet echoed: the queue, its tie to the socket, and the bubbles that stand for it. */

import { PATIENT, reconnect, send } from "../connection/connection.js"
import { keep, kept, openPeer, tell, transcriptOf, when } from "../shell/page.js"
import { contentOf } from "../transcript/lines.js"

/**
 * Sent one at a time, again after a reconnect with the same
 * `clientId`, which makes a repeat harmless. An item is `{ clientId, peer, content, replyTo, at, state, reason }`,
 * its state `sending` or `failed`.
 */
class Outbox {
  #items = new Map()
  #timer = 0
  #transmit
  #changed
  #stalled
  #keep

  /**
   * `transmit(item)` answers whether a socket took it; `changed(item)` redraws; `stalled()` finds a new socket;
   * `keep(items)` holds them over a reload, from which `items` came.
   */
  constructor({ transmit, changed, stalled, keep, items = [], patience = 8000 }) {
    this.#transmit = transmit
    this.#keep = keep
    this.#changed = changed
    for (const item of items) this.#items.set(item.clientId, item)
    this.#stalled = stalled
    this.patience = patience
  }

  add(peer, content, replyTo) {
    this.#append({
      clientId: freshId(),
      peer,
      content,
      replyTo,
      at: Date.now(),
      state: "sending",
      reason: "",
    })
  }

  /** Sends the first that waits, if a socket is open; called at each hello too. */
  flush() {
    clearTimeout(this.#timer)
    const head = this.#head
    if (head && this.#transmit(head)) this.#timer = setTimeout(() => this.#stalled(), this.patience)
  }

  /** Nothing is in flight without a socket. */
  pause() {
    clearTimeout(this.#timer)
  }

  echoed(clientId) {
    const wasHead = this.#head?.clientId === clientId
    if (!this.#items.delete(clientId)) return
    this.#kept()
    if (wasHead) this.flush()
  }

  /** `retryAfter` in milliseconds, when the server only asks for patience. */
  refused(clientId, reason, retryAfter) {
    const item = this.#items.get(clientId)
    if (item?.state !== "sending") return
    clearTimeout(this.#timer)
    if (retryAfter !== undefined) {
      this.#timer = setTimeout(() => this.flush(), retryAfter)
      return
    }
    item.state = "failed"
    item.reason = reason
    this.#kept()
    this.#changed(item)
    this.flush()
  }

  /** Sends a failed item once more, behind all that waits. */
  again(clientId) {
    const item = this.#items.get(clientId)
    if (item?.state !== "failed") return
    this.#items.delete(clientId)
    item.state = "sending"
    this.#append(item)
  }

  /** What is on its way to `peer` or failed, in the order written. */
  to(peer) {
    return [...this.#items.values()].filter((item) => item.peer === peer)
  }

  #append(item) {
    const idle = this.#head === undefined
    this.#items.set(item.clientId, item)
    this.#kept()
    this.#changed(item)
    if (idle) this.flush()
  }

  #kept() {
    this.#keep([...this.#items.values()])
  }

  get #head() {
    for (const item of this.#items.values()) if (item.state === "sending") return item
    return undefined
  }
}

/** Not `crypto.randomUUID`, which is missing where the page is served without TLS to another machine. */
function freshId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("")
}

/** As `views/message/message-kind.ts` judges what the server draws. */
const FEW_EMOJI = /^\s*(?:\p{RGI_Emoji}\s*){1,3}$/v
const SHORT = 120
const UNSEEN = /^[\s\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb\u{16fe4}\u{1d159}]+$/v
const LONG_CHARACTERS = 1200
const LONG_LINES = 12

export function isFewEmoji(text) {
  return text.length <= SHORT && FEW_EMOJI.test(text)
}

export function isUnseen(text) {
  return UNSEEN.test(text)
}

export function isLong(text) {
  return text.length > LONG_CHARACTERS || text.split("\n", LONG_LINES + 1).length > LONG_LINES
}

const template = document.getElementById("pending-message")

/** Draws an item of the outbox, or redraws it, where its conversation is open. */
function drawPending(item) {
  const transcript = transcriptOf(item.peer)
  if (!transcript) return
  const shown = find(item.clientId)
  if (shown && !isPending(shown)) return
  const bubble = shown ?? fresh(item)
  bubble.dataset.state = item.state
  const failed = item.state === "failed"
  bubble.ariaLive = failed ? "polite" : "off"
  bubble.querySelector(".trouble").hidden = !failed
  bubble.querySelector(".reason").textContent = `Not sent. ${item.reason}`
  transcript.append(bubble)
  tell("line shown", transcript)
}

/** Makes room for the server's own form of the message, which arrives in the same turn. */
function dropPending(clientId) {
  const shown = find(clientId)
  if (shown && isPending(shown)) shown.remove()
}

function fresh({ clientId, content, replyTo, at }) {
  const bubble = template.content.firstElementChild.cloneNode(true)
  bubble.dataset.clientId = clientId
  bubble.dataset.at = at
  const quote = bubble.querySelector(".quote")
  if (replyTo === undefined) quote.remove()
  else quote.href = `#m-${replyTo}`
  bubble.querySelector(".words").textContent = content
  if (isFewEmoji(content)) bubble.dataset.large = replyTo === undefined ? "alone" : "quoting"
  bubble.querySelector(".words").toggleAttribute("data-folded", isLong(content))
  bubble.querySelector(".words").toggleAttribute("data-unseen", isUnseen(content))
  bubble.querySelector("time").dateTime = new Date(at).toISOString()
  return bubble
}

function find(clientId) {
  return document.querySelector(`[data-client-id="${CSS.escape(clientId)}"]`)
}

function isPending(bubble) {
  return bubble.dataset.state !== undefined
}

/** Milliseconds, here and below. */
const DEFAULT_WAIT = 1000
/** After a restart everybody comes back, one sooner than another. */
const RETURN = 10_000

let returningUntil = 0

export const outbox = new Outbox({
  transmit: ({ peer, content, replyTo, clientId }) =>
    send({ type: "chat_message", receiver_id: peer, content, client_id: clientId, reply_to: replyTo }),
  changed: drawPending,
  stalled: reconnect,
  keep: (items) => keep("outbox", items),
  items: kept("outbox"),
})

when("hello", () => outbox.flush())
when("disconnected", () => outbox.pause())

when("message", ({ client_id }) => {
  if (client_id === undefined) return
  dropPending(client_id)
  outbox.echoed(client_id)
})

when("error", ({ client_id, message_id, code, message, retry_after_ms }) => {
  if (client_id === undefined) {
    if (!PATIENT.has(code) && message_id === undefined) tell("trouble", message)
  } else outbox.refused(client_id, message, isPatient(code) ? (retry_after_ms ?? DEFAULT_WAIT) : undefined)
})

function isPatient(code) {
  return PATIENT.has(code) || (code === "receiver_offline" && performance.now() < returningUntil)
}

when("session lost", () => {
  returningUntil = performance.now() + RETURN
})

function drawAll() {
  const peer = openPeer()
  if (peer !== undefined) for (const item of outbox.to(peer)) drawPending(item)
}

when("pane shown", drawAll)
drawAll()

document.addEventListener("click", ({ target }) => {
  const again = target.closest(".again")
  if (!again) return
  const line = again.closest(".message")
  if (line.dataset.state !== undefined) return outbox.again(line.dataset.clientId)
  again.remove()
  outbox.add(
    openPeer(),
    contentOf(line),
    line.querySelector(".quote")?.getAttribute("href").slice("#m-".length),
  )
})
