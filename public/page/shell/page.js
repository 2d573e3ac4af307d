/**
 * What this tab shows, read off the document, which alone knows it; how the page's parts hear of each other; and what the
 * reader chose, by whatever name they join.
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

const tab = window.duetTab

export const { kept, keep } = tab

const NOTHING = { text: "", replyTo: undefined }

/**
 * What was begun and not sent, one for each conversation, `{ text, replyTo }`; each tab has its own. A store: the
 * composer writes it, and the lists show it.
 */
let drafts = tab.drafts()

/** With what was written before the composer was alive. */
export function draftIn(form) {
  return tab.draftIn(form, drafts)
}

export function draftFor(peer) {
  return drafts[peer] ?? NOTHING
}

export function saveDraft(peer, { text, replyTo }) {
  if (text === "" && replyTo === undefined) delete drafts[peer]
  else drafts[peer] = { text, replyTo }
  keep("drafts", drafts)
}

const KEY = "duet:settings"

const CHOICES = {
  theme: ["system", "light", "dark"],
  enterSends: [true, false],
  singleKeys: [true, false],
  skinTone: ["none", "light", "medium-light", "medium", "medium-dark", "dark"],
}

/**
 * What the reader chose for this browser, by whatever name they join: a store that the menu, the keys and the emoji read
 * and write. What differs from the first choice is kept, until they change it or clear the browser.
 */
export let settings = read()

function read() {
  const kept = parsed(localStorage.getItem(KEY)) ?? {}
  const values = Object.entries(CHOICES).map(([name, choices]) => [
    name,
    choices.includes(kept[name]) ? kept[name] : choices[0],
  ])
  return Object.fromEntries(values)
}

/** Anybody can write there by hand: what is no JSON is nothing. */
export function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function keepSettings() {
  const chosen = Object.entries(settings).filter(([name, value]) => value !== CHOICES[name][0])
  if (chosen.length > 0) localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(chosen)))
  else localStorage.removeItem(KEY)
}

// Another tab changed one.
addEventListener("storage", ({ key }) => key === KEY && Object.assign(settings, read()))

/** Seconds. */
const YEAR = 31_536_000

const frames = [...document.querySelectorAll("meta[name=theme-color]")]
const scheme = document.querySelector("meta[name=color-scheme]")

/** Shows the page in the colours that the reader chose, and lets the server know them for the next first paint. */
function dress() {
  const { theme } = settings
  const isChosen = theme !== "system"
  if (isChosen) document.documentElement.dataset.theme = theme
  else delete document.documentElement.dataset.theme
  scheme.content = isChosen ? theme : "light dark"
  const chosen = frames.find(({ media }) => media.includes(theme))
  for (const frame of frames) frame.content = (chosen ?? frame).dataset.own
  if (location.protocol === "https:") {
    remember("__Host-duet_theme", theme, isChosen ? YEAR : 0, "; secure")
    // From before there was TLS.
    remember("duet_theme", "", 0, "")
  } else remember("duet_theme", theme, isChosen ? YEAR : 0, "")
}

function remember(name, value, seconds, more) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing where the page is served without TLS.
  document.cookie = `${name}=${value}; path=/; samesite=lax; max-age=${seconds}${more}`
}

/** The reader's menu. */
function meMenu() {
  return {
    /**
     * Another tab may have given another name meanwhile. A refusal that came while the menu was closed is still to be
     * read; once it was, it goes when the menu closes.
     */
    turn({ newState }) {
      const name = this.$root.querySelector("#new-name")
      const note = this.$root.querySelector("#new-name-note")
      if (newState === "closed") {
        name.ariaInvalid = null
        note.textContent = ""
      }
      if (name.ariaInvalid !== "true") name.value = this.$root.querySelector(".me .name").textContent
    },

    forget({ target }) {
      if (!target.elements.namedItem("settings").checked) return
      for (const [name, [first]] of Object.entries(CHOICES)) settings[name] = first
    },
  }
}

document.addEventListener("alpine:init", () => {
  Alpine.store("drafts", drafts)
  drafts = Alpine.store("drafts")
  Alpine.store("settings", settings)
  settings = Alpine.store("settings")
  Alpine.effect(keepSettings)
  Alpine.effect(dress)
  Alpine.data("meMenu", meMenu)
})
