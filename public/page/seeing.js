/** Tells the server how far the reader has seen: only what is shown, in a tab that is looked at. */

import { send } from "./connection.js"
import { openPeer, room, transcriptOf } from "./room.js"
import { when } from "./signals.js"

const told = new Map()

function look() {
  const watching = document.visibilityState === "visible"
  room.toggleAttribute("data-watching", watching)
  const peer = openPeer()
  if (!watching || peer === undefined) return
  const theirs = transcriptOf(peer).querySelectorAll(".theirs[id]")
  const id = theirs[theirs.length - 1]?.id.slice("m-".length)
  if (id === undefined || told.get(peer) === id) return
  if (send({ type: "seen", peer_id: peer, message_id: id })) told.set(peer, id)
}

when("hello", () => {
  told.clear()
  look()
})
when("line shown", look)
when("pane shown", look)
document.addEventListener("visibilitychange", look)
look()
