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

function forget() {
  left = true
  for (const shelf of [sessionStorage, localStorage])
    for (const key of Object.keys(shelf)) if (key.startsWith(PREFIX)) shelf.removeItem(key)
}

for (const form of room.querySelectorAll("[data-leave]"))
  form.addEventListener("submit", () => {
    forget()
    if (form.elements.namedItem("settings")?.checked) forgetSettings()
  })
when("disconnected", ({ code }) => {
  if (code === 4410) forget()
})
