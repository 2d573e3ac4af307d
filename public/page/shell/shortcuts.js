/** Keys that hold anywhere but where words are written, what they open, and the dialog that tells of all keys. */

import { settings } from "../settings/settings.js"
import { move } from "./navigation.js"
import { openTalk } from "./page.js"

export const isApple = /mac|iphone|ipad/iu.test(navigator.userAgentData?.platform ?? navigator.platform)
const STEPS = { ArrowUp: -1, ArrowDown: 1 }

/** What is open over the page has the keys. */
const OVER = "dialog:modal, :popover-open"

const dialog = document.getElementById("shortcuts")

const keys = {
  "?": () => dialog.showModal(),
  "/": find,
}

let loading

/** One promise for all who wait: those who wait for imports of their own need not hear of it in the order they asked. */
function finder() {
  loading ??= import("../transcript/finder.js").catch((error) => {
    loading = undefined
    throw error
  })
  return loading
}

/** The field is there at once, so that what is typed next goes there; what finds is loaded meanwhile. */
function find() {
  const bar = document.querySelector("#conversation .find-words")
  if (!bar) return
  const from = document.activeElement
  const field = bar.querySelector("input")
  bar.hidden = false
  field.select()
  field.focus()
  finder().then(({ beginFind }) => beginFind(from))
}

function endFind() {
  finder().then(({ closeFind }) => closeFind())
}

/** Where a key is a letter. */
function isWriting(target) {
  return target.closest?.("input, textarea, select, [contenteditable]") !== null
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (!(event.key in keys) || isWriting(event.target) || document.querySelector(OVER)) return
  // Speech input presses keys that its speaker never meant.
  if (settings["single keys"] === "off") return
  event.preventDefault()
  keys[event.key]()
})

// Pressed while what finds is still being loaded, they hold too.
document.addEventListener("keydown", (event) => {
  const { key, shiftKey, target } = event
  if (!target.closest?.(".find-words")) return
  const isStep = key === "Enter" && target.matches("input")
  if (!isStep && key !== "Escape") return
  event.preventDefault()
  finder().then(({ closeFind, step }) => (isStep ? step(shiftKey ? -1 : 1) : closeFind()))
})

document.addEventListener("keydown", (event) => {
  const { altKey, ctrlKey, metaKey, shiftKey, target } = event
  const step = STEPS[event.key]
  if (!step || !altKey || ctrlKey || metaKey || document.querySelector(OVER)) return
  // There the same keys move the cursor through what is written.
  if (isApple && isWriting(target) && target.value !== "") return
  event.preventDefault()
  move(step, shiftKey)
})

document.addEventListener("click", ({ target }) => {
  if (target.closest(".find-open")) {
    const isOpen = document.querySelector("#conversation .find-words:not([hidden])") !== null
    return isOpen ? endFind() : find()
  }
  if (!target.closest("[data-keys]")) return
  // The menu gives the focus back first: that is where it returns when the dialog closes.
  target.closest("[popover]")?.hidePopover()
  dialog.showModal()
})

const TAKES_LETTERS = "input, textarea, select, [contenteditable], .message"

// Words go to the composer, wherever the focus was left, as long as nothing else takes letters.
document.addEventListener("keydown", (event) => {
  const { key, target, defaultPrevented, ctrlKey, metaKey, altKey } = event
  if (defaultPrevented || ctrlKey || metaKey || altKey) return
  // A space presses what has the focus, or scrolls.
  if (Array.from(key).length !== 1 || key === " ") return
  if (target.closest(TAKES_LETTERS) || document.querySelector(OVER)) return
  // The key that is on its way is typed into it.
  openTalk()?.querySelector(".composer textarea")?.focus({ preventScroll: true })
})
