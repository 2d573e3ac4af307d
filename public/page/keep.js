/** What this tab keeps over a reload, for the one person it shows, until they leave. */

import { me, room } from "./room.js"
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
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
}

for (const form of room.querySelectorAll("[data-leave]")) form.addEventListener("submit", forget)
when("disconnected", ({ code }) => {
  if (code === 4410) forget()
})
