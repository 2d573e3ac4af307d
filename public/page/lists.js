/** What only this tab knows about the lists: which row is open, which is the reader. */

import { me, openPeer, peerName } from "./room.js"
import { tell, when } from "./signals.js"
import { hourOrDay, localise } from "./times.js"

const MARK = "Somebody else’s name looks like this one: the mark is theirs alone"

const sidebar = document.querySelector(".sidebar")
const total = document.getElementById("people-total")

function mark() {
  const peer = openPeer()
  for (const row of sidebar.querySelectorAll(".row")) {
    if (row.getAttribute("href") === peer) row.setAttribute("aria-current", "page")
    else row.removeAttribute("aria-current")
  }
  leaveReaderOut()
  localise(sidebar, hourOrDay)
  if (sidebar.querySelector(".unread")) import("./unread.js")
  tell("rows noted")
}

/** The list of everybody is one fragment for all, so it names the reader too. */
function leaveReaderOut() {
  const own = document.getElementById(`p-${me}`)
  if (own) own.hidden = true
  const online = Number(total.dataset.total)
  total.textContent = Math.max(0, online - 1).toLocaleString("en")
  // Of a crowd only the number may have come.
  const rest = document.querySelector("#people-part [data-everybody]")
  const left = online - document.querySelectorAll("#people > li").length
  if (rest && left > 0) rest.textContent = `and ${left.toLocaleString("en")} more`
}

// Once somebody points at one: in every row of every list it would be sent for nothing.
document.addEventListener("pointerover", ({ target }) => {
  if (target.classList?.contains("mark")) target.title = MARK
})

// The title follows a new name.
when("peer shown", () => document.title === `${peerName()} · Duet` || import("./unread.js"))
when("lists shown", mark)
when("found shown", mark)
when("pane shown", mark)
mark()
