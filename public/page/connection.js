/** The page's one socket, kept by htmx: what it said last, whether it is open, and a way to try at once. */

import { room } from "./room.js"
import { tell } from "./signals.js"

const RECONNECTS = new Set([1001, 1005, 1006, 1011, 1012, 1013, 1014])

let connection = null
let greeted = false
let ended = false
let cursor = Number(room.dataset.seq)
let life = room.dataset.life
let server
const newest = new Map()

/** The highest number of an event seen about the conversation with `peer`; 0 before the first. */
export function newestOf(peer) {
  return newest.get(peer) ?? 0
}

/** The number of the newest event that this page has, or 0. */
export function arrivedUpTo() {
  return cursor
}

/** True when the server has said hello on the socket that is open now. */
export function isReady() {
  return greeted && connection?.socket?.readyState === WebSocket.OPEN
}

/** Sends a frame, or answers false when there is no open socket to take it. */
export function send(frame) {
  if (!isReady()) return false
  connection.socket.send(JSON.stringify(frame))
  return true
}

/** Drops whatever socket there is and opens a fresh one now, without waiting for htmx's backoff. */
export function reconnect() {
  if (ended) return
  greeted = false
  htmx.process(room, true)
}

/** Notes how far a frame brings this page, so that the next socket resumes behind it. */
export function advance(frame) {
  if (frame.event === "hello") {
    if (!frame.resumed) forget(frame.server)
    server = frame.server
    life = frame.life
    greeted = true
  } else if (frame.seq !== undefined) {
    cursor = Math.max(cursor, frame.seq)
    newest.set(frame.peer, Math.max(newestOf(frame.peer), frame.seq))
  }
}

/** A session that is new counts from nothing again. */
function forget(nextServer) {
  cursor = 0
  newest.clear()
  if (server !== undefined) tell("session lost", { restarted: server !== nextServer })
}

room.addEventListener("htmx:ws:before:connection", ({ detail }) => {
  const url = new URL(detail.connection.url)
  url.searchParams.set("after", cursor)
  url.searchParams.set("life", life)
  detail.connection.url = url.href
  connection = detail.connection
})

room.addEventListener("htmx:ws:close", ({ detail }) => {
  if (detail.reason !== "closed") return
  greeted = false
  ended = !RECONNECTS.has(detail.code)
  tell("disconnected", { code: detail.code, final: ended })
})

addEventListener("online", reconnect)

// htmx closes the socket on pagehide, so a page out of the back/forward cache would stay deaf.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload()
})
