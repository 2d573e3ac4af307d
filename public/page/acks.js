/** Tells the server what has arrived here, so that "delivered" is the page's word and not the socket's. */

import { arrivedUpTo, send } from "./connection.js"
import { room } from "./room.js"
import { when } from "./signals.js"

/** Milliseconds between two of them. */
const PACE = 100

let told = 0
let toldAt = -PACE
let timer = 0

function acknowledge() {
  clearTimeout(timer)
  timer = 0
  const seq = arrivedUpTo()
  if (seq <= told || !send({ type: "ack", seq })) return
  told = seq
  toldAt = performance.now()
}

when("hello", () => {
  told = 0
  acknowledge()
})

when("message", () => {
  if (timer === 0) timer = setTimeout(acknowledge, PACE)
})

// As soon as it stands on the page, if it may be: a hidden tab's timers are slow, and the sender waits.
room.addEventListener("htmx:ws:after:message:incoming", () => {
  if (performance.now() - toldAt >= PACE) acknowledge()
})
