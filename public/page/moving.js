/** Alt with an arrow moves to the conversation above or below; with Shift, among those with something unread. */

import { openPeer } from "./room.js"
import { isWriting } from "./shortcuts.js"

const isApple = /mac|iphone|ipad/iu.test(navigator.userAgentData?.platform ?? navigator.platform)

const STEPS = { ArrowUp: -1, ArrowDown: 1 }

function move(step, unreadAlone) {
  const rows = [...document.querySelectorAll("#conversations .row")]
  const at = rows.findIndex((row) => row.getAttribute("href") === openPeer())
  const ahead = step > 0 ? rows.slice(at + 1) : rows.slice(0, at < 0 ? rows.length : at).reverse()
  const next = unreadAlone ? ahead.find((row) => row.querySelector(".unread")) : ahead[0]
  next?.click()
}

/** There the same keys move the cursor through what is written. */
function movesTheCursor(field) {
  return isApple && isWriting(field) && field.value !== ""
}

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing || !(event.key in STEPS)) return
  if (movesTheCursor(event.target)) return
  event.preventDefault()
  move(STEPS[event.key], event.shiftKey)
})
