/** What this tab knows of the people in the lists: who is muted or blocked, who writes, to whom one began to. */

import { isBlocked } from "./blocked.js"
import { draftFor } from "./drafts.js"
import { isMuted } from "./mutes.js"
import { openPeer } from "./room.js"
import { when } from "./signals.js"
import { isTyping } from "./typists.js"

const FLAGS = /(, muted)?(, blocked)?$/u

function note() {
  for (const row of document.querySelectorAll(".sidebar .row")) {
    const peer = row.getAttribute("href")
    flag(row, isMuted(peer), isBlocked(peer))
    const last = row.querySelector(".last")
    if (last) put(last, noteOn(peer))
  }
}

/** Beside the name, and in words for those who do not see it. */
function flag(row, muted, blocked) {
  row.toggleAttribute("data-muted", muted)
  row.toggleAttribute("data-blocked", blocked)
  const described = row.getAttribute("aria-description")
  const words = described.replace(FLAGS, "") + (muted ? ", muted" : "") + (blocked ? ", blocked" : "")
  if (words !== described) row.setAttribute("aria-description", words)
}

/** In place of what was said last, for it is more urgent. */
function put(last, [kind, words]) {
  if (kind === undefined) {
    delete last.dataset.kind
    delete last.dataset.note
  } else Object.assign(last.dataset, { kind, note: words })
}

function noteOn(peer) {
  if (isBlocked(peer)) return ["blocked", "Blocked"]
  if (isTyping(peer)) return ["typing", "typing…"]
  const { text } = draftFor(peer)
  if (text.trim() !== "" && peer !== openPeer()) return ["draft", `Draft: ${text.slice(0, 100)}`]
  return []
}

when("rows noted", note)
note()
