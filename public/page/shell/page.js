/** What this tab shows, read off the document, which alone knows it; and how the page's parts hear of each other. */

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

const bus = new EventTarget()

export function tell(name, detail) {
  bus.dispatchEvent(new CustomEvent(name, { detail }))
}

/** Answers how to stop listening. */
export function when(name, act) {
  const hear = (event) => act(event.detail)
  bus.addEventListener(name, hear)
  return () => bus.removeEventListener(name, hear)
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
