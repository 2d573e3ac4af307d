/** Keys that hold anywhere but where words are written, and the dialog that tells of all keys. */

import { openFind } from "./find-words.js"

const dialog = document.getElementById("shortcuts")

const keys = {
  "?": () => dialog.showModal(),
  "/": openFind,
}

/** Where a key is a letter. */
export function isWriting(target) {
  return target.closest?.("input, textarea, select, [contenteditable]") !== null
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (!(event.key in keys) || isWriting(event.target) || document.querySelector("dialog:modal")) return
  event.preventDefault()
  keys[event.key]()
})

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-keys]")) return
  // A menu closes behind it, and would hide where the focus goes back to.
  const menu = target.closest(".menu[open]")
  if (menu) {
    menu.open = false
    menu.querySelector("summary").focus()
  }
  dialog.showModal()
})
