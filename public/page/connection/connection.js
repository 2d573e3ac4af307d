/**
 * The page's one socket, kept by htmx: what it said last, whether it is open, and a way to try at once; what arrives on
 * it, noted, told to the page's parts, and kept from being shown twice; and what the page tells the server by itself.
 */

import { openPeer, page, tell, when } from "../shell/page.js"

/** Milliseconds to the second attempt, each next one twice as far, and the longest; give or take a third. */
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 8000
/** How long an attempt may hang. */
const PATIENCE = 15_000
const RECONNECTS = new Set([1001, 1005, 1006, 1011, 1012, 1013, 1014])

/** The errors that ask for patience alone: the same frame may be sent again after a while. */
export const PATIENT = new Set(["rate_limited", "overloaded"])

let connection = null
let greeted = false
let ended = false
let failures = 0
let hanging = 0
/** The number of the newest event that this page has, or 0. */
let cursor = Number(page.dataset.seq)
let epoch = page.dataset.epoch
let server
const newest = new Map()

/** The highest number of an event seen about the conversation with `peer`; 0 before the first. */
export function newestOf(peer) {
  return newest.get(peer) ?? 0
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
  htmx.process(page, true)
}

/** Notes how far a frame brings this page, so that the next socket resumes behind it. */
function advance(frame) {
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

page.addEventListener("htmx:ws:before:connection", ({ detail }) => {
  const url = new URL(detail.connection.url)
  url.searchParams.set("after", cursor)
  url.searchParams.set("epoch", epoch)
  detail.connection.url = url.href
  connection = detail.connection
})

page.addEventListener("htmx:ws:close", ({ detail }) => {
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

const keepers = []

/** `keep(frame)` may keep a frame from being shown, and says so; it shows it when it will. */
export function keepFrames(keep) {
  keepers.push(keep)
}

function isKept(frame) {
  return keepers.some((keep) => keep(frame))
}

page.addEventListener("htmx:ws:before:message:incoming", (event) => {
  const frame = parsed(event.detail.message.data)
  if (!frame || isShown(frame) || isKept(frame)) event.preventDefault()
  else tell("showing", frame)
  if (!frame) return
  advance(frame)
  tell("sign of life")
  tell(frame.event, frame)
})

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A resume and a fetched conversation may both bring a line; the second is dropped. */
function isShown(frame) {
  if (frame.event === "message") return document.getElementById(`m-${frame.message_id}`) !== null
  if (frame.event === "undelivered") return document.getElementById(`u-${frame.message_id}`) !== null
  return false
}

/** Milliseconds between two acknowledgements. */
const ACK_PACE = 100

let acked = 0
let ackedAt = -ACK_PACE
let ackTimer = 0

/** Tells the server what has arrived here, so that "delivered" is the page's word and not the socket's. */
function acknowledge() {
  clearTimeout(ackTimer)
  ackTimer = 0
  if (cursor <= acked || !send({ type: "ack", seq: cursor })) return
  acked = cursor
  ackedAt = performance.now()
}

when("hello", () => {
  acked = 0
  acknowledge()
})

when("message", () => {
  if (ackTimer === 0) ackTimer = setTimeout(acknowledge, ACK_PACE)
})

// As soon as it stands on the page, if it may be: a hidden tab's timers are slow, and the sender waits.
page.addEventListener("htmx:ws:after:message:incoming", () => {
  if (performance.now() - ackedAt >= ACK_PACE) acknowledge()
})

/** Milliseconds between two words of attention. */
const ATTENTION_PACE = 60_000

let attendedAt = performance.now()

/** Tells the server that somebody is here: without it they are shown as away after five minutes. */
function attend() {
  const now = performance.now()
  if (now - attendedAt < ATTENTION_PACE) return
  if (send({ type: "status", status: "online" })) attendedAt = now
}

for (const input of ["pointermove", "pointerdown", "keydown", "input", "wheel", "touchstart"])
  document.addEventListener(input, attend, { passive: true })

let watched

/** Has the server tell how the open peer is: before a word was said too, and after it forgot what was. */
function watch() {
  const peer = openPeer()
  if (peer === watched) return
  if (watched !== undefined) send({ type: "unwatch", user_ids: [watched] })
  watched = peer !== undefined && send({ type: "watch", user_ids: [peer] }) ? peer : undefined
}

when("hello", () => {
  watched = undefined
  watch()
})
when("pane shown", watch)
