/**
 * The page's one socket, kept by htmx: whether it is open, and a way to try at once; what arrives on it, counted, told to
 * the page's parts, and kept from being shown twice; and what the page tells the server by itself.
 */

import { Acks, Backoff, clock, finalReason, Inbox, isTransient, RetryQueue } from "../../built/client.js"
import { openPeer, page, tell, when } from "../shell/page.js"

/** How long an attempt may hang, in milliseconds. */
const PATIENCE = 15_000

const inbox = new Inbox(Number(page.dataset.seq), page.dataset.epoch)
const backoff = new Backoff(Math.random)
const acks = new Acks({ clock, send: (seq) => send({ type: "ack", seq }) })

/** What the session must hear of, sooner or later. */
export const commands = new RetryQueue({ clock, send })

let connection = null
let greeted = false
let ended = false
let hanging = 0
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

/** Whether messages before this one are still to come: the server answers a repeat at once, on this socket alone. */
export function isOwedBefore({ seq }) {
  return inbox.isOwedBefore(seq)
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
  drop()
  htmx.process(page, true)
}

/** Nothing is in flight without a socket; the close code, if it was closed. */
function drop(code) {
  greeted = false
  acks.lost()
  commands.lost()
  tell("socket lost", code)
}

/** Notes how far a frame brings this page, so that the next socket resumes behind it. */
function advance(frame) {
  switch (frame.event ?? frame.type) {
    case "hello":
      return greet(frame)
    case "message":
      inbox.take(frame.seq)
      newest.set(frame.peer, Math.max(newestOf(frame.peer), frame.seq))
      return
    case "pong":
      commands.pong()
      return tell("command confirmed")
    case "error":
      // One of a message is the outbox's; one of a receiver is of typing, which is not sent again.
      if (isTransient(frame.code) && frame.client_id === undefined && frame.receiver_id === undefined)
        commands.slowDown(frame.retry_after_ms)
      return
    case "resync":
      return
    default:
      inbox.replayed()
  }
}

function greet({ resumed, seq, epoch, server: nextServer }) {
  clearTimeout(hanging)
  greeted = true
  inbox.opened(resumed, seq, epoch)
  if (!resumed) {
    newest.clear()
    if (server !== undefined) tell("session lost", { restarted: server !== nextServer })
  }
  server = nextServer
  acks.opened(inbox.seq)
  commands.opened(resumed)
}

page.addEventListener("htmx:ws:before:connection", ({ detail }) => {
  const url = new URL(detail.connection.url)
  for (const [name, value] of Object.entries(inbox.cursor)) url.searchParams.set(name, value)
  detail.connection.url = url.href
  connection = detail.connection
})

page.addEventListener("htmx:ws:close", ({ detail }) => {
  if (detail.reason !== "closed") return
  const { code } = detail
  const pause = backoff.next(code, greeted)
  ended = finalReason(code) !== undefined
  // htmx doubles the one until it meets the other, and tells nobody what it waits: this way it is known.
  Object.assign(detail.connection.config, {
    reconnectCodes: ended ? [] : [code],
    reconnectDelay: pause,
    reconnectMaxDelay: pause,
  })
  drop(code)
  if (ended) clearTimeout(hanging)
  else watchFor(pause + PATIENCE)
  tell("disconnected", { code, final: ended, pause })
})

/** An attempt that neither opens nor fails would be waited for in vain. */
function watchFor(milliseconds) {
  clearTimeout(hanging)
  hanging = setTimeout(reconnect, milliseconds)
}

addEventListener("online", reconnect)

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
  const isHeld = frame !== null && isKept(frame)
  if (!frame || isHeld || isShown(frame)) event.preventDefault()
  else tell("showing", frame)
  // A message that is held comes once more, in its turn.
  if (!frame || (isHeld && frame.event === "message")) return
  advance(frame)
  if (event.defaultPrevented) acks.has(inbox.seq)
  tell("sign of life")
  tell(frame.event, frame)
  if (!inbox.replaying) tell("caught up")
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

// As soon as it stands on the page: so "delivered" is the page's word and not the socket's.
page.addEventListener("htmx:ws:after:message:incoming", () => acks.has(inbox.seq))

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

/** Has the server tell how the open peer is, before a word was said too. */
function watch() {
  const peer = openPeer()
  if (peer === watched) return
  if (watched !== undefined) commands.run({ type: "unwatch", user_ids: [watched] })
  if (peer !== undefined) commands.run({ type: "watch", user_ids: [peer] })
  watched = peer
}

when("pane shown", watch)
watch()
