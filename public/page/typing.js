/** Tells the peer that somebody is writing to them: now and then while they do, and once when they stop. */

import { send } from "./connection.js"

/** Milliseconds; what was told holds for twice as long. */
const PACE = 3000

let toldPeer
let toldAt = 0

export function type(peer, text) {
  if (text.trim() === "") return stopTyping(peer)
  const now = performance.now()
  if (toldPeer === peer && now - toldAt < PACE) return
  if (!send({ type: "typing", receiver_id: peer, is_typing: true })) return
  toldPeer = peer
  toldAt = now
}

export function stopTyping(peer) {
  if (toldPeer !== peer) return
  toldPeer = undefined
  send({ type: "typing", receiver_id: peer, is_typing: false })
}
