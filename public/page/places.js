/** Where the reader was in each conversation, over reloads and while another is open: at its end if not told. */

import { keep, kept } from "./keep.js"

const places = new Map(Object.entries(kept("places") ?? {}))

/** `{ id, offset }`: the line at the lower edge, and by how many pixels its end is below that. */
export function placeIn(peer) {
  return places.get(peer)
}

export function rememberPlace(peer, place) {
  places.set(peer, place)
  keep("places", Object.fromEntries(places))
}

export function forgetPlace(peer) {
  if (places.delete(peer)) keep("places", Object.fromEntries(places))
}
