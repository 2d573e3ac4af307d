/** The bubble of a message that the server has not answered yet. */

import { isFewEmoji, isLong, isUnseen } from "./bearing.js"
import { transcriptOf } from "./room.js"
import { tell } from "./signals.js"

const template = document.getElementById("pending-message")

/** Draws an item of the outbox, or redraws it, where its conversation is open. */
export function drawPending(item) {
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
export function dropPending(clientId) {
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
