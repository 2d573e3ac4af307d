/** Words go where one writes, wherever the focus was left: as long as nothing else takes letters. */

import { openTalk } from "./room.js"
import { OVER } from "./shortcuts.js"

const TAKES_LETTERS = "input, textarea, select, [contenteditable], .message"

document.addEventListener("keydown", (event) => {
  const { key, target, defaultPrevented, ctrlKey, metaKey, altKey } = event
  if (defaultPrevented || ctrlKey || metaKey || altKey) return
  // A space presses what has the focus, or scrolls.
  if (Array.from(key).length !== 1 || key === " ") return
  if (target.closest(TAKES_LETTERS) || document.querySelector(OVER)) return
  // The key that is on its way is typed into it.
  openTalk()?.querySelector(".composer textarea")?.focus({ preventScroll: true })
})
