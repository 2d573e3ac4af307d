/** What only this tab knows about the lists: which row is open, which is the reader, what is unread here. */

import { me, openPeer, openTalk, room } from "./room.js"
import { when } from "./signals.js"
import { hourOrDay, localise } from "./times.js"

const conversations = document.getElementById("conversations")
const total = document.getElementById("people-total")

function mark() {
  const peer = openPeer()
  for (const row of document.querySelectorAll("#conversations .row, #people .row")) {
    if (row.getAttribute("href") === peer) row.setAttribute("aria-current", "page")
    else row.removeAttribute("aria-current")
  }
  leaveReaderOut()
  localise(conversations, hourOrDay)
  document.title = title()
}

/** The list of everybody is one fragment for all, so it names the reader too. */
function leaveReaderOut() {
  const own = document.getElementById(`p-${me}`)
  if (own) own.hidden = true
  const count = total.firstElementChild
  count.textContent = Math.max(0, Number(count.dataset.total) - 1).toLocaleString("en")
}

function title() {
  const unread = [...conversations.querySelectorAll(".unread")].filter((badge) => !isBeingRead(badge))
  const count = unread.reduce((sum, badge) => sum + Number(badge.dataset.unread), 0)
  if (count > 0) return `(${count}) Duet`
  const name = openTalk()?.dataset.name
  return name === undefined ? "Duet" : `${name} · Duet`
}

function isBeingRead(badge) {
  return room.hasAttribute("data-watching") && badge.closest(".row").hasAttribute("aria-current")
}

when("lists shown", mark)
when("pane shown", mark)
document.addEventListener("htmx:finally:swap", mark)
document.addEventListener("visibilitychange", mark)
mark()
