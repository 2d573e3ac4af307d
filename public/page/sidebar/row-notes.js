/**
 * What this tab knows of the people in the lists: who is muted or blocked, who writes, to whom one began to. What is
 * unread is told by the tab too: its number in the title, a dot on its icon.
 */

import { draftFor, me, openPeer, openTalk, page, peerName, tell, when } from "../shell/page.js"
import { isTyping } from "../transcript/transcript.js"

const MUTED = `duet:${me}:muted`

/**
 * Who is blocked, and of whom the reader wants no reminders: that is kept in this browser for the person they are, until
 * they leave.
 */
let notes = { blocked: page.dataset.blocked.split(" "), muted: readMuted() }

function isBlocked(peer) {
  return notes.blocked.includes(peer)
}

/** A page that was just loaded knows best who is blocked, and tells the other tabs. */
const tabs = new BroadcastChannel(`duet:${me}:blocked`)

tabs.addEventListener("message", ({ data }) => {
  notes.blocked = data
})
tabs.postMessage(notes.blocked)

function isMuted(peer) {
  return notes.muted.includes(peer)
}

function toggleMute(peer) {
  notes.muted = isMuted(peer) ? notes.muted.filter((other) => other !== peer) : [...notes.muted, peer]
  localStorage.setItem(MUTED, JSON.stringify(notes.muted))
}

function readMuted() {
  try {
    return JSON.parse(localStorage.getItem(MUTED)) ?? []
  } catch {
    return []
  }
}

addEventListener("storage", ({ key }) => {
  if (key === MUTED) notes.muted = readMuted()
})

const FLAGS = /(, muted)?(, blocked)?(, with a draft)?$/u

function note() {
  for (const row of document.querySelectorAll(".sidebar .row")) {
    const peer = row.getAttribute("href")
    const line = lineOf(row, peer)
    flag(row, isMuted(peer), isBlocked(peer), line?.dataset.begun !== undefined)
    if (line) put(line, noteOn(peer))
  }
}

/** What stands below a name: of those with a conversation, and until there is one, of those whom one began to write to. */
function lineOf(row, peer) {
  const line = row.querySelector(".last")
  if (line && line.dataset.begun === undefined) return line
  const isBegun = isDrafted(peer) && !document.getElementById(`c-${peer}`)
  if (!isBegun) line?.remove()
  return isBegun ? (line ?? addLine(row)) : undefined
}

/** Silent: people are named by name alone, and the description tells of the draft. */
function addLine(row) {
  const line = document.createElement("span")
  line.ariaHidden = "true"
  line.className = "last"
  line.dir = "auto"
  line.dataset.begun = ""
  row.append(line)
  return line
}

/** Beside the name, and in words for those who do not see it. */
function flag(row, muted, blocked, begun) {
  row.toggleAttribute("data-muted", muted)
  row.toggleAttribute("data-blocked", blocked)
  const described = row.getAttribute("aria-description")
  const flags = [muted && "muted", blocked && "blocked", begun && "with a draft"].filter(Boolean)
  const words = [described.replace(FLAGS, ""), ...flags].join(", ")
  if (words !== described) row.setAttribute("aria-description", words)
}

/** In place of what was said last, for it is more urgent. */
function put(line, [kind, words]) {
  if (kind === undefined) {
    delete line.dataset.kind
    delete line.dataset.note
  } else Object.assign(line.dataset, { kind, note: words })
}

function noteOn(peer) {
  if (isBlocked(peer)) return ["blocked", "Blocked"]
  if (isTyping(peer)) return ["typing", "typing…"]
  return isDrafted(peer) ? ["draft", `Draft: ${draftFor(peer).text.slice(0, 100)}`] : []
}

function isDrafted(peer) {
  return peer !== openPeer() && draftFor(peer).text.trim() !== ""
}

/** Says what a press would do, and to whom: the server sends a new name to the heading alone. */
function labelMenu() {
  for (const name of document.querySelectorAll(".peer-menu bdi, .blocked-notice bdi"))
    name.textContent = peerName()
  const button = openTalk()?.querySelector("[data-mute]")
  if (!button) return
  button.querySelector(".act").textContent = isMuted(openPeer()) ? "Unmute" : "Mute"
  button.hidden = false
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-mute]")
  if (!button) return
  toggleMute(openPeer())
  const name = peerName()
  tell(
    "done",
    isMuted(openPeer()) ? `${name} is muted: nothing reminds you of them.` : `${name} is no longer muted.`,
  )
})

const icon = document.querySelector("link[rel=icon]")
const READ = icon.href

function countUnread() {
  const count = unread()
  document.title = title(count)
  const wanted = count > 0 ? icon.dataset.unread : READ
  if (icon.href !== new URL(wanted, document.baseURI).href) icon.href = wanted
}

function unread() {
  return [...document.querySelectorAll("#conversations .unread")]
    .filter((badge) => !isBeingRead(badge) && !isMuted(badge.closest(".row").getAttribute("href")))
    .reduce((sum, badge) => sum + Number(badge.dataset.unread), 0)
}

function isBeingRead(badge) {
  return page.hasAttribute("data-watching") && badge.closest(".row").hasAttribute("aria-current")
}

function title(count) {
  if (count > 0) return `(${count}) Duet`
  const name = peerName()
  return name === undefined ? "Duet" : `${name} · Duet`
}

function show() {
  note()
  labelMenu()
  countUnread()
}

for (const change of ["rows noted", "peer shown"]) when(change, show)
document.addEventListener("visibilitychange", countUnread)
// A pane brings a title of its own.
document.addEventListener("htmx:finally:swap", countUnread)

function begin() {
  Alpine.store("notes", notes)
  notes = Alpine.store("notes")
  Alpine.effect(show)
}

show()
// This module comes with the page, or later.
if (window.Alpine) begin()
else document.addEventListener("alpine:init", begin)
