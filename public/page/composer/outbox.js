/**
 * What was written here and not yet echoed, kept over a reload, and the bubbles that stand for it. The client's outbox
 * sends it, one at a time, and again after a reconnect with the same id, which makes a repeat harmless.
 */

import { clientIds, clock, frameTooLarge, isTransient, Outbox } from "../../built/client.js"
import { isOwedBefore, keepFrames, reconnect, send } from "../connection/connection.js"
import { keep, kept, openPeer, tell, transcriptOf, when } from "../shell/page.js"
import { contentOf } from "../transcript/lines.js"

/** A message that is neither echoed nor refused for so long asks for a new socket; milliseconds. */
const PATIENCE = 8000
/** Messages that may wait. */
const LIMIT = 1000

const nextId = clientIds()

/** By client id: `{ clientId, peer, content, replyTo, at, state, reason }`, its state `sending` or `failed`. */
const items = new Map((kept("outbox") ?? []).map((item) => [item.clientId, item]))

const queue = new Outbox({ clock, limit: LIMIT, send: transmit })
let timer = 0

/** Sends a message, or puts it behind those that wait. */
export function say(peer, content, replyTo) {
  enqueue({ clientId: nextId(), peer, content, replyTo, at: Date.now() })
}

function enqueue(item) {
  const { clientId, peer, content, replyTo } = item
  Object.assign(item, { state: "sending", reason: "" })
  // Behind all others, if it is sent once more.
  items.delete(clientId)
  items.set(clientId, item)
  keepItems()
  drawPending(item)
  queue
    .put({ type: "chat_message", receiver_id: peer, content, client_id: clientId, reply_to: replyTo })
    .catch((error) => fail(item, error))
}

function fail(item, { code, message }) {
  const reason = code === "lost" ? "It is not known whether this arrived." : `Not sent. ${message}`
  Object.assign(item, { state: "failed", reason })
  keepItems()
  drawPending(item)
}

function keepItems() {
  keep("outbox", [...items.values()])
}

function transmit(frame) {
  send(frame)
  timer = setTimeout(reconnect, PATIENCE)
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
  bubble.querySelector(".reason").textContent = item.reason
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

function settle(frame) {
  if (items.delete(frame.client_id)) keepItems()
  if (queue.attemptsOf(frame.client_id) === undefined) return
  clearTimeout(timer)
  queue.echoed(frame)
}

// The echo of a repeat may overtake messages that are due before it: it is shown in its turn.
keepFrames((frame) => {
  const isRepeat = frame.event === "message" && queue.attemptsOf(frame.client_id) > 1
  if (!isRepeat || !isOwedBefore(frame)) return false
  settle(frame)
  return true
})

when("message", (frame) => {
  if (frame.client_id === undefined) return
  dropPending(frame.client_id)
  settle(frame)
})

when("error", (frame) => {
  const { code, client_id, message_id, message } = frame
  if (client_id === undefined) {
    if (!isTransient(code) && message_id === undefined) tell("trouble", message)
    return
  }
  if (queue.attemptsOf(client_id) !== undefined) clearTimeout(timer)
  queue.refused(frame)
})

when("caught up", () => queue.opened())
when("session lost", () => queue.sessionEnded())
when("socket lost", (code) => {
  if (code === frameTooLarge) queue.oversized()
  clearTimeout(timer)
  queue.lost()
})

function drawAll() {
  const peer = openPeer()
  for (const item of items.values()) if (item.peer === peer) drawPending(item)
}

when("pane shown", drawAll)
drawAll()
for (const item of [...items.values()]) if (item.state === "sending") enqueue(item)

document.addEventListener("click", ({ target }) => {
  const again = target.closest(".again")
  if (!again) return
  const line = again.closest(".message")
  const failed = items.get(line.dataset.clientId)
  if (failed) return enqueue(failed)
  again.remove()
  say(openPeer(), contentOf(line), line.querySelector(".quote")?.getAttribute("href").slice("#m-".length))
})
