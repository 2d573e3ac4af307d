/** Moves to the conversation above or below, or to the next with something unread. Loaded when it is first needed. */

import { openPeer } from "./room.js"

/** The newest request for a conversation: while it is on its way here, whoever presses again goes on from that one. */
let newest

/** `step` is -1 for up, 1 for down. */
export function move(step, unreadAlone) {
  const rows = [...document.querySelectorAll("#conversations .row")]
  const isComing = newest?.status === "issuing"
  const from = isComing ? newest.request.action.split("/").at(-1) : openPeer()
  const at = rows.findIndex((row) => row.getAttribute("href") === from)
  const ahead = step > 0 ? rows.slice(at + 1) : rows.slice(0, at < 0 ? rows.length : at).reverse()
  const next = unreadAlone ? ahead.find((row) => row.querySelector(".unread")) : ahead[0]
  next?.click()
}

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.target.id === "conversation") newest = ctx
})
