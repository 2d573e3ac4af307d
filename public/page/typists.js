/** Who is writing to the reader now; nobody is for longer than their last word of it holds. */

import { openPeer, openTalk, peerName } from "./room.js"
import { tell, when } from "./signals.js"

/** Milliseconds. */
const LASTS = 6000

const timers = new Map()

export function isTyping(peer) {
  return timers.has(peer)
}

function begin(peer) {
  clearTimeout(timers.get(peer))
  timers.set(
    peer,
    setTimeout(() => end(peer), LASTS),
  )
  show()
}

function end(peer) {
  clearTimeout(timers.get(peer))
  if (timers.delete(peer)) show()
}

function show() {
  const talk = openTalk()
  if (talk) {
    const typing = isTyping(openPeer())
    talk.toggleAttribute("data-typing", typing)
    say(talk.querySelector(".typing-bubble"), typing)
  }
  tell("rows noted")
}

/** The same words again are no news to who hears them. */
function say(bubble, typing) {
  const name = document.createElement("bdi")
  name.translate = false
  name.textContent = peerName()
  const words = typing ? [name, " is typing"] : []
  const isSame = bubble.textContent === words.map((each) => each.textContent ?? each).join("")
  if (!isSame) bubble.replaceChildren(...words)
}

when("typing", ({ peer, is_typing }) => (is_typing ? begin(peer) : end(peer)))
when("message", ({ peer, own }) => !own && end(peer))
when("disconnected", () => {
  for (const peer of [...timers.keys()]) end(peer)
})
when("pane shown", show)
