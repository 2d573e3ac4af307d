/** A very long message is folded until its reader asks for all of it, or finds something in it. */

import { holdInPlace } from "./scrolling.js"

function unfold(line) {
  holdInPlace(line, () => fold(line, false))
}

function fold(line, yes) {
  const button = line.querySelector(".fold")
  button.setAttribute("aria-expanded", String(!yes))
  button.textContent = yes ? "Show all" : "Show less"
  const words = line.querySelector(".words")
  words.toggleAttribute("data-folded", yes)
  if (yes) words.scrollTop = 0
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest(".fold")
  if (!button) return
  const line = button.closest(".message")
  if (button.getAttribute("aria-expanded") === "true") fold(line, true)
  else unfold(line)
})

// Whatever scrolls folded words to something in them, the browser's own search as well, means to show it.
document.addEventListener(
  "scroll",
  ({ target }) => {
    if (!target.matches?.(".words") || target.scrollTop === 0) return
    const line = target.closest(".message")
    if (line?.querySelector(".fold[aria-expanded='false']")) unfold(line)
  },
  { capture: true, passive: true },
)
