/** The page's one socket, kept by htmx: what it said last, whether it is open, and a way to try at once. */

import { room } from "./room.js"
import { tell } from "./signals.js"

/** Milliseconds to the second attempt, each next one twice as far, and the longest; give or take a third. */
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 8000
/** How long an attempt may hang. */
const PATIENCE = 15_000
const RECONNECTS = new Set([1001, 1005, 1006, 1011, 1012, 1013, 1014])

let connection = null
let greeted = false
let ended = false
let failures = 0
let hanging = 0
let cursor = Number(room.dataset.seq)
let epoch = room.dataset.epoch
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

/** Drops whatever socket there is and opens a fresh one now, without waiting for the next attempt. */
export function reconnect() {
  if (ended) return
  watchFor(PATIENCE)
  greeted = false
  htmx.process(room, true)
}

/** Notes how far a frame brings this page, so that the next socket resumes behind it. */
export function advance(frame) {
  if (frame.event === "hello") {
    if (!frame.resumed) forget(frame.server)
    server = frame.server
    epoch = frame.epoch
    greeted = true
    failures = 0
    clearTimeout(hanging)
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
  url.searchParams.set("epoch", epoch)
  detail.connection.url = url.href
  connection = detail.connection
})

room.addEventListener("htmx:ws:close", ({ detail }) => {
  if (detail.reason !== "closed") return
  greeted = false
  ended = !RECONNECTS.has(detail.code)
  const pause = nextPause()
  // htmx doubles the one until it meets the other, and tells nobody what it waits: this way it is known.
  Object.assign(detail.connection.config, { reconnectDelay: pause, reconnectMaxDelay: pause })
  if (ended) clearTimeout(hanging)
  else watchFor(pause + PATIENCE)
  tell("disconnected", { code: detail.code, final: ended, pause })
})

function nextPause() {
  const whole = Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE)
  failures++
  return whole * (0.7 + 0.6 * Math.random())
}

/** An attempt that neither opens nor fails would be waited for in vain. */
function watchFor(milliseconds) {
  clearTimeout(hanging)
  hanging = setTimeout(reconnect, milliseconds)
}

addEventListener("online", () => {
  failures = 0
  reconnect()
})

// htmx closes the socket on pagehide, so a page out of the back/forward cache would stay deaf.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload()
})
