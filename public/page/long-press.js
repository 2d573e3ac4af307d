/** A finger that stays on a message opens its menu. */

import { isActable } from "./message-acts.js"
import { openMenu } from "./message-menu.js"

/** Milliseconds, less than a browser waits before it does something of its own; and pixels that a finger may stray. */
const LONG = 420
const STRAY = 10

let timer = 0
let from = null

function lineUnder(target) {
  const line = target.closest?.(".message:has(.more)")
  return line && target.closest(".bubble") && !target.closest("a:not(.quote), button") ? line : null
}

function cancel() {
  clearTimeout(timer)
  from = null
}

document.addEventListener("pointerdown", (event) => {
  cancel()
  const line = event.pointerType === "touch" && event.isPrimary ? lineUnder(event.target) : null
  if (!line) return
  from = event
  timer = setTimeout(() => open(line), LONG)
})

function open(line) {
  cancel()
  if (!isActable(line)) return
  navigator.vibrate?.(8)
  openMenu(line)
}

document.addEventListener("pointermove", ({ clientX, clientY }) => {
  if (from && Math.hypot(clientX - from.clientX, clientY - from.clientY) > STRAY) cancel()
})

for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, cancel)
document.addEventListener("scroll", cancel, { capture: true, passive: true })

// The browser's own menu would lie over it.
document.addEventListener("contextmenu", (event) => {
  if (event.pointerType === "touch" && lineUnder(event.target)) event.preventDefault()
  else if (event.target.closest?.("#message-menu")) event.preventDefault()
})
