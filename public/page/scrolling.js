/** Stays with the newest line while the reader is there, and leaves them in peace where they read. */

import { openTalk } from "./room.js"
import { when } from "./signals.js"

/** Pixels. The box is laid out from its end, so that 0 is the newest line and a page begins there by itself. */
const NEAR = 48

let following = true

function scroller() {
  return openTalk()?.querySelector(".scroller")
}

function toLatest() {
  const box = scroller()
  if (box) box.scrollTop = 0
  follow(true)
}

function follow(yes) {
  following = yes
  const button = openTalk()?.querySelector(".latest")
  if (yes && button) button.hidden = true
}

/** Changes a line, whose top stays where it stands: the box would hold its end. */
export function holdInPlace(line, change) {
  const before = line.getBoundingClientRect().top
  change()
  const box = scroller()
  box.scrollTop += line.getBoundingClientRect().top - before
  follow(-box.scrollTop < NEAR)
}

function watch() {
  const box = scroller()
  if (!box) return
  box.addEventListener("scroll", () => follow(-box.scrollTop < NEAR), {
    passive: true,
  })
  // The keyboard of a phone, a growing composer and a wrapping line all move the end.
  const moved = new ResizeObserver(() => following && toLatest())
  moved.observe(box)
  moved.observe(box.firstElementChild)
  openTalk().querySelector(".latest").addEventListener("click", toLatest)
  toLatest()
}

when("line shown", (transcript) => {
  const ownWords = transcript.lastElementChild?.dataset.state === "sending"
  if (following || ownWords) toLatest()
  else openTalk().querySelector(".latest").hidden = false
})

when("pane shown", watch)
watch()
