/** A list that would move what somebody is aiming at waits until they have; the newest is what is shown then. */

import { keepFrames } from "./frames.js"
import { room } from "./room.js"
import { tell, when } from "./signals.js"
import { isStill } from "./stillness.js"

/** Milliseconds; whoever never rests is not kept from the news. */
const LONGEST = 2500

const LISTS = { people: ["#people", "p-"], conversations: ["#conversations", "c-"] }

/** By event, the frames that wait: the newest list, and what has changed of it since. */
const held = new Map()
let timer = 0

/** Keeps a frame back, and says so, if rows would move under whoever aims at one. */
function holdBack(frame) {
  if (!(frame.event in LISTS)) return false
  if (frame.rows === undefined) held.delete(frame.event)
  if (isStill()) {
    if (held.size > 0) release()
    return false
  }
  const waiting = held.get(frame.event) ?? []
  if (waiting.length === 0 && staysInPlace(frame)) return false
  if (timer === 0) timer = setTimeout(release, LONGEST)
  held.set(frame.event, [...waiting, frame])
  return true
}

/** Rows may change where they are, and people may join below all others: nothing moves then. */
function staysInPlace({ event, content, rows, gone }) {
  const [list, prefix] = LISTS[event]
  if (rows !== undefined) return gone.length === 0 && rows.every((row) => isInPlace(row, prefix))
  const now = [...document.querySelectorAll(`${list} > li`)].map(({ id }) => id)
  const next = [...content.matchAll(/<li id="([^"]+)"/gu)]
    .map(([, id]) => id)
    .filter((id) => id.startsWith(prefix))
  const isSame = now.every((id, i) => id === next[i])
  return isSame && (event === "people" || now.length === next.length)
}

function isInPlace({ id, above }, prefix) {
  const row = document.getElementById(prefix + id)
  const before = above === undefined ? undefined : prefix + above
  return row !== null && row.previousElementSibling?.id === before
}

function release() {
  clearTimeout(timer)
  timer = 0
  const frames = [...held.values()].flat()
  held.clear()
  for (const frame of frames) {
    tell("showing", frame)
    htmx.swap({
      sourceElement: room,
      target: room,
      swap: "innerHTML swapEmpty:false",
      text: frame.content,
      transition: false,
    })
  }
}

keepFrames(holdBack)
when("lists still", release)
