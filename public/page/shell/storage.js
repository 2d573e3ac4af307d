/**
 * What this browser keeps for the one person that this tab shows, until they leave: this tab over a reload, or all. Drafts
 * are kept here too: the lists show them, the composer writes them.
 */

import { me, page, tell, when } from "./page.js"

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

// What was kept by then is taken away by `boot.js`, which is there for those who leave before this is.
for (const form of page.querySelectorAll("[data-leave]"))
  form.addEventListener("submit", () => {
    left = true
  })
when("disconnected", ({ code }) => {
  if (code !== 4410) return
  left = true
  document.dispatchEvent(new Event("duet:left"))
})

/** What was begun and not sent, one for each conversation, `{ text, replyTo }`; each tab has its own. */
const NOTHING = { text: "", replyTo: undefined }

const drafts = new Map(Object.entries(kept("drafts") ?? {}))

export function draftFor(peer) {
  return drafts.get(peer) ?? NOTHING
}

export function saveDraft(peer, { text, replyTo }) {
  if (text === "" && replyTo === undefined) drafts.delete(peer)
  else drafts.set(peer, { text, replyTo })
  keep("drafts", Object.fromEntries(drafts))
  tell("rows noted")
}
