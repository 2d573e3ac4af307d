/** A list that would move what somebody is aiming at waits until they have; the newest is what is shown then. */

import { keepFrames } from "./frames.js"
import { room } from "./room.js"
import { when } from "./signals.js"
import { isStill } from "./stillness.js"

/** Milliseconds; whoever never rests is not kept from the news. */
const LONGEST = 2500

const LISTS = { people: ["#people", "p-"], conversations: ["#conversations", "c-"] }

/** By event, the newest frame that waits. */
const held = new Map()
let timer = 0

/** Keeps a frame back, and says so, if rows would move under whoever aims at one. */
function holdBack(frame) {
  if (!(frame.event in LISTS)) return false
  if (isStill() || staysInPlace(frame)) {
    held.delete(frame.event)
    return false
  }
  if (timer === 0) timer = setTimeout(release, LONGEST)
  held.set(frame.event, frame)
  return true
}

/** Rows may change where they are, and people may join below all others: nothing moves then. */
function staysInPlace({ event, content }) {
  const [list, prefix] = LISTS[event]
  const now = [...document.querySelectorAll(`${list} > li`)].map(({ id }) => id)
  const next = [...content.matchAll(/<li id="([^"]+)"/gu)]
    .map(([, id]) => id)
    .filter((id) => id.startsWith(prefix))
  const isSame = now.every((id, i) => id === next[i])
  return isSame && (event === "people" || now.length === next.length)
}

function release() {
  clearTimeout(timer)
  timer = 0
  const frames = [...held.values()]
  held.clear()
  for (const { content } of frames)
    htmx.swap({
      sourceElement: room,
      target: room,
      swap: "innerHTML swapEmpty:false",
      text: content,
      transition: false,
    })
}

keepFrames(holdBack)
when("lists still", release)
