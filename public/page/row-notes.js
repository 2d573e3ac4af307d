/** What this tab knows of the people in the lists: who is muted or blocked, who writes, to whom one began to. */

import { isBlocked } from "./blocked.js"
import { draftFor } from "./drafts.js"
import { isMuted } from "./mutes.js"
import { openPeer } from "./room.js"
import { when } from "./signals.js"
import { isTyping } from "./typists.js"

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

when("rows noted", note)
note()
