/**
 * What this tab shows, read off the document, which alone knows it; how the page's parts hear of each other; what this
 * browser keeps for the one person that this tab shows, until they leave: this tab over a reload, or all.
 */

export const page = document.getElementById("duet")
export const me = page.dataset.me

/** The open conversation's section, or null. */
export function openTalk() {
  return document.querySelector("#conversation > .talk")
}

/** The id of the one talked with here, or undefined. */
export function openPeer() {
  return openTalk()?.dataset.peer
}

/** What the one talked with here is called, as the heading says: a new name comes there alone. */
export function peerName() {
  return openTalk()?.querySelector(".peer .name").textContent
}

/** The log of the conversation with `peer`, where it is open. */
export function transcriptOf(peer) {
  return document.getElementById(`transcript-${peer}`)
}

export function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(`duet:${name}`, { detail }))
}

/** Answers how to stop listening. */
export function when(name, act) {
  const hear = (event) => act(event.detail)
  document.addEventListener(`duet:${name}`, hear)
  return () => document.removeEventListener(`duet:${name}`, hear)
}

/** Has htmx put the fragments of a frame into their places. */
export function swapIn(content) {
  htmx.swap({
    sourceElement: page,
    target: page,
    swap: "innerHTML swapEmpty:false",
    text: content,
    transition: false,
  })
}

const LISTS = new Set(["conversations-part", "people-part", "people-total"])

let rowsToTell = false

/** Tells what htmx has just put into the page, in the same turn and so before it is painted. */
document.addEventListener("htmx:before:settle", ({ target, detail: { task } }) => {
  if (target.id === "conversation") tell("pane shown")
  else if (LISTS.has(target.id)) tell("lists shown")
  else if (target.parentElement?.id === "conversations") tellOfRows()
  else if (target.closest("#found")) tell("found shown")
  else if (target.classList?.contains("transcript"))
    tell(task.swapSpec.style === "afterbegin" ? "earlier shown" : "line shown", target)
  else if (target.classList?.contains("peer")) tell("peer shown")
  else if (target.classList?.contains("state")) tell("state shown", target)
  else if (target.classList?.contains("bubble")) tell("words changed")
  else if (target.classList?.contains("reactions")) tell("marks changed", target)
})

/** Once for all rows that come together, and still before they are painted. */
function tellOfRows() {
  if (rowsToTell) return
  rowsToTell = true
  queueMicrotask(() => {
    rowsToTell = false
    tell("lists shown")
  })
}

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
  tell("left")
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
