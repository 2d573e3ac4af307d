/** Tells the server how far the reader has seen: only what is shown, in a tab that is looked at. */

import { send } from "./connection.js"
import { openPeer, room, transcriptOf } from "./room.js"
import { when } from "./signals.js"

/** Milliseconds: a flood of lines costs a frame now and then, not one each, for frames are rationed. */
const PACE = 300

const told = new Map()
let timer = 0

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

function lookSoon() {
  if (timer > 0) return
  timer = setTimeout(() => {
    timer = 0
    look()
  }, PACE)
}

when("hello", () => {
  told.clear()
  look()
})
when("line shown", lookSoon)
when("pane shown", look)
document.addEventListener("visibilitychange", look)
look()
