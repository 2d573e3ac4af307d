/** Tells the server that somebody is here: without it they are shown as away after five minutes. */

import { send } from "./connection.js"

/** Milliseconds between two of them. */
const PACE = 60_000

let toldAt = performance.now()

function attend() {
  const now = performance.now()
  if (now - toldAt < PACE) return
  if (send({ type: "status", status: "online" })) toldAt = now
}

for (const input of ["pointermove", "pointerdown", "keydown", "input", "wheel", "touchstart"])
  document.addEventListener(input, attend, { passive: true })
