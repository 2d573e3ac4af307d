/** Ties the outbox to the socket and to the bubbles that stand for what waits in it. */

import { reconnect, send } from "./connection.js"
import { keep, kept } from "./keep.js"
import { contentOf } from "./lines.js"
import { Outbox } from "./outbox.js"
import { drawPending, dropPending } from "./pending.js"
import { openPeer } from "./room.js"
import { tell, when } from "./signals.js"

const PATIENT = new Set(["rate_limited", "overloaded"])
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
