/** Ties the outbox to the socket and to the bubbles that stand for what waits in it. */

import { reconnect, send } from "./connection.js"
import { Outbox } from "./outbox.js"
import { drawPending, dropPending } from "./pending.js"
import { openPeer } from "./room.js"
import { tell, when } from "./signals.js"

const PATIENT = new Set(["rate_limited", "overloaded"])
const DEFAULT_WAIT = 1000

export const outbox = new Outbox({
  transmit: ({ peer, content, clientId }) =>
    send({ type: "chat_message", receiver_id: peer, content, client_id: clientId }),
  changed: drawPending,
  stalled: reconnect,
})

when("hello", () => outbox.flush())
when("disconnected", () => outbox.pause())

when("message", ({ client_id }) => {
  if (client_id === undefined) return
  dropPending(client_id)
  outbox.echoed(client_id)
})

when("error", ({ client_id, code, message, retry_after_ms }) => {
  if (client_id === undefined) {
    if (!PATIENT.has(code)) tell("trouble", message)
  } else outbox.refused(client_id, message, PATIENT.has(code) ? (retry_after_ms ?? DEFAULT_WAIT) : undefined)
})

when("pane shown", () => {
  const peer = openPeer()
  if (peer !== undefined) for (const item of outbox.to(peer)) drawPending(item)
})

document.addEventListener("click", ({ target }) => {
  const again = target.closest(".again")
  if (again) outbox.again(again.closest("[data-client-id]").dataset.clientId)
})
