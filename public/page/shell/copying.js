/** Puts words on the clipboard, also where the page is served without TLS and the browser's own way is shut. */

import { tell } from "./page.js"

export async function copy(words) {
  const copied = navigator.clipboard ? await written(words) : selected(words)
  if (copied) tell("done", "Copied.")
  else tell("trouble", "Your browser did not let this page copy: select the words by hand.")
}

function written(words) {
  return navigator.clipboard.writeText(words).then(
    () => true,
    () => false,
  )
}

function selected(words) {
  const field = document.createElement("textarea")
  field.value = words
  field.className = "sr-only"
  document.body.append(field)
  field.select()
  const copied = document.execCommand("copy")
  field.remove()
  return copied
}

/** By a button beside a block of code, or beside the address of this Duet. */
export function copyBy(button) {
  copy(button.dataset.address ?? button.parentElement.querySelector("code").textContent)
}
