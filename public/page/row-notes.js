/** A word in a conversation's row that is more urgent than what was said last. */

import { isBlocked } from "./blocked.js"
import { draftFor } from "./drafts.js"
import { openPeer } from "./room.js"
import { when } from "./signals.js"
import { isTyping } from "./typists.js"

function note() {
  for (const row of document.querySelectorAll("#conversations .row")) {
    const last = row.querySelector(".last")
    const [kind, words] = noteOn(row.getAttribute("href"))
    if (kind === undefined) {
      delete last.dataset.kind
      delete last.dataset.note
    } else Object.assign(last.dataset, { kind, note: words })
  }
}

function noteOn(peer) {
  if (isBlocked(peer)) return ["blocked", "Blocked"]
  if (isTyping(peer)) return ["typing", "typing…"]
  const { text } = draftFor(peer)
  if (text.trim() !== "" && peer !== openPeer()) return ["draft", `Draft: ${text.slice(0, 100)}`]
  return []
}

when("rows noted", note)
when("lists shown", note)
when("pane shown", note)
note()
