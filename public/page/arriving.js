/** On a phone the list and a conversation are two places: the focus goes along from one to the other. */

import { openPeer, openTalk } from "./room.js"
import { when } from "./signals.js"

const narrow = matchMedia("(max-width: 47.99rem)")

let shown = openPeer()

function arrive() {
  const left = shown
  shown = openPeer()
  if (!narrow.matches || (shown === left && !wasFetchedAgain())) return
  if (shown !== undefined) focusOn(openTalk().querySelector(".peer"))
  else focusOn(rowOf(left))
}

/** A heading that was replaced by its like has taken the focus with it. */
function wasFetchedAgain() {
  return shown !== undefined && document.activeElement === document.body
}

function rowOf(peer) {
  const row = `.row[href="${CSS.escape(peer)}"]`
  return document.querySelector(`#conversations ${row}`) ?? document.querySelector(`#people ${row}`)
}

function focusOn(place) {
  if (!place) return
  if (place.matches(".peer")) place.tabIndex = -1
  place.focus({ preventScroll: true })
}

when("pane shown", arrive)
