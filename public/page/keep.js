/** What this browser keeps for the one person that this tab shows, until they leave: this tab over a reload, or all. */

import { me, room } from "./room.js"
import { forgetSettings } from "./settings.js"
import { when } from "./signals.js"

const PREFIX = `duet:${me}:`

let left = false

/** What was kept under this name, or undefined. */
export function kept(name) {
  const text = sessionStorage.getItem(PREFIX + name)
  return text === null ? undefined : JSON.parse(text)
}

export function keep(name, value) {
  if (left) return
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(value))
  } catch {
    // The browser's room is full: it stays on the page, and would be lost by a reload alone.
  }
}

// What was kept by then is taken away by `early.js`, which is there for whoever leaves before this is.
for (const form of room.querySelectorAll("[data-leave]"))
  form.addEventListener("submit", () => {
    left = true
    if (form.elements.namedItem("settings")?.checked) forgetSettings()
  })
when("disconnected", ({ code }) => {
  if (code !== 4410) return
  left = true
  document.dispatchEvent(new Event("duet:left"))
})
