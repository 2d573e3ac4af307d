/** How the lines of a conversation stand: in the reader's time, parted by day, in runs; and who is writing below them. */

import { openPeer, openTalk, peerName, tell, transcriptOf, when } from "../shell/page.js"
import { lineAbove, lineBelow, place } from "./lines.js"

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long" })
const date = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long" })
const fullDate = new Intl.DateTimeFormat(undefined, { dateStyle: "long" })
const fromNow = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" })
const DAY = 86_400_000

/** The reader's language, as in "de-DE": what these words are in. */
const language = exact.resolvedOptions().locale

/** Fills in every `<time>` below `root` that is not yet in the reader's zone. */
export function localise(root, words = hourAndMinute) {
  for (const time of root.querySelectorAll("time:not([data-local])")) {
    const at = new Date(time.dateTime)
    time.textContent = words(at)
    time.title = exact.format(at)
    time.dataset.local = ""
  }
}

function hourAndMinute(at) {
  return clock.format(at)
}

/** For a list: the hour today, the day before that. */
export function hourOrDay(at) {
  return daysAgo(at) === 0 ? clock.format(at) : dayName(at)
}

function dayName(at) {
  const days = daysAgo(at)
  if (days === 0 || days === 1) return capitalised(fromNow.format(-days, "day"))
  if (days > 1 && days < 7) return capitalised(weekday.format(at))
  return at.getFullYear() === new Date().getFullYear() ? date.format(at) : fullDate.format(at)
}

/** The same for all moments of one day in the reader's zone. */
function dayKey(at) {
  return `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`
}

/** Milliseconds until the reader's day is over. */
function untilTomorrow() {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime()
}

function daysAgo(at) {
  return Math.round((startOfDay(new Date()) - startOfDay(at)) / DAY)
}

function startOfDay(at) {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
}

/** It stands alone, as a sentence does. */
function capitalised(words) {
  const [first = "", ...rest] = words
  return first.toLocaleUpperCase(language) + rest.join("")
}

/** Milliseconds. */
const LASTS = 6000

/** Who is writing to the reader now; nobody is for longer than their last word of it holds. */
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

/** The sign on the face above a conversation: of somebody whose name is gone the server tells the state alone. */
when("state shown", (state) => {
  state.parentElement.querySelector(".avatar").dataset.status = state.dataset.status
})

/** A line has come to the end: it takes its place, and no more than its neighbours are looked at. */
function arrive(transcript) {
  const line = transcript.lastElementChild
  if (line.id !== "") settle(line)
  const waiting = transcript.querySelectorAll("[data-state]")
  const touched = new Set([line, lineBelow(line), ...waiting, transcript.lastElementChild])
  for (const each of touched) if (each) stand(each)
  // What is new on the screen rises; an echo only takes its bubble's place.
  if (line.classList.contains("theirs")) line.classList.add("arrived")
}

/**
 * Lines stand by their numbers, also one that was further up than this page reached when it was drawn; what has not been
 * answered stays below what has.
 */
function settle(line) {
  let first = line
  for (let above = lineAbove(line); above && isLater(above, line); above = lineAbove(above)) first = above
  if (first !== line) first.before(line)
}

function isLater(above, line) {
  return above.dataset.state !== undefined || Number(above.dataset.seq) > Number(line.dataset.seq)
}

/** Lines of a session that has ended have no number among those of the next, and stand above them. */
function forgetNumbers({ resumed }) {
  if (resumed) return
  for (const line of document.querySelectorAll(".message[data-seq]")) line.removeAttribute("data-seq")
}

function stand(line) {
  localise(line)
  const previous = lineAbove(line)
  partByDay(line, previous, new Date(Number(line.dataset.at)))
  place(line)
}

/** A separator stands before the first line of each day and nowhere else. */
function partByDay(line, previous, at) {
  let separator = null
  let top = line
  while (top.previousElementSibling !== previous) {
    top = top.previousElementSibling
    if (top.classList.contains("day")) separator = top
  }
  if (previous !== null && dayKey(new Date(Number(previous.dataset.at))) === dayKey(at)) separator?.remove()
  else if (separator === null) top.before(label(silentAs(line, document.createElement("p")), at))
  else label(separator, at)
}

/** Of what comes late nothing is announced. */
function silentAs(line, separator) {
  separator.ariaLive = line.ariaLive
  return separator
}

function label(separator, at) {
  const name = dayName(at)
  separator.className = "day"
  separator.lang = language
  // A log speaks of whatever changes in it.
  if (separator.textContent !== name) separator.textContent = name
  return separator
}

/** Lines have come before those that were here; the first of those meets the last of these. */
function arrangeEarlier(transcript) {
  const lines = transcript.querySelectorAll(".message")
  for (const line of lines) {
    const isNew = line.querySelector("time:not([data-local])") !== null
    stand(line)
    if (!isNew) break
  }
}

function arrangeOpen() {
  for (const line of transcriptOf(openPeer())?.querySelectorAll(".message") ?? []) stand(line)
}

/** What was today is yesterday. */
function passMidnight() {
  arrangeOpen()
  setTimeout(passMidnight, untilTomorrow())
}

when("hello", forgetNumbers)
when("line shown", arrive)
when("earlier shown", arrangeEarlier)
when("pane shown", arrangeOpen)
when("parted", place)
document.addEventListener("visibilitychange", arrangeOpen)
passMidnight()
