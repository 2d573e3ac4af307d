/** Arranges the lines of a conversation: local times, separators between days, runs; and shows who is typing. */

import { openPeer, openTalk, peerName, tell, transcriptOf, when } from "../shell/page.js"
import { lineAbove, lineBelow, place } from "./lines.js"

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long" })
const date = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long" })
const fullDate = new Intl.DateTimeFormat(undefined, { dateStyle: "long" })
const fromNow = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" })
const DAY = 86_400_000

/** The reader's language, as in "de-DE", in which dates are written. */
const language = exact.resolvedOptions().locale

/** Writes every `<time>` below `root` in the reader's time zone. */
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

/** For a list: the time of day if it is today, otherwise the day. */
export function hourOrDay(at) {
  return daysAgo(at) === 0 ? clock.format(at) : dayName(at)
}

function dayName(at) {
  const days = daysAgo(at)
  if (days === 0 || days === 1) return capitalised(fromNow.format(-days, "day"))
  if (days > 1 && days < 7) return capitalised(weekday.format(at))
  return at.getFullYear() === new Date().getFullYear() ? date.format(at) : fullDate.format(at)
}

/** The same for all times of one day in the reader's zone. */
function dayKey(at) {
  return `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`
}

/** Milliseconds until midnight in the reader's zone. */
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

/** A separator begins with a capital, as a sentence does. */
function capitalised(words) {
  const [first = "", ...rest] = words
  return first.toLocaleUpperCase(language) + rest.join("")
}

/** Milliseconds after which an unrepeated "typing" is over. */
const LASTS = 6000

/** Who is typing to the reader now, with the timers that end it. */
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

/** Leaves the same words alone, or a screen reader would repeat them. */
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

/** The dot on the avatar above a conversation. The server sends the state alone once a name is forgotten. */
when("state shown", (state) => {
  state.parentElement.querySelector(".avatar").dataset.status = state.dataset.status
})

/** Puts a line that came last in its place; looks at no more than its neighbours. */
function arrive(transcript) {
  const line = transcript.lastElementChild
  if (line.id !== "") settle(line)
  const waiting = transcript.querySelectorAll("[data-state]")
  const touched = new Set([line, lineBelow(line), ...waiting, transcript.lastElementChild])
  for (const each of touched) if (each) stand(each)
  // New lines are animated; an echo only replaces its bubble.
  if (line.classList.contains("theirs")) line.classList.add("arrived")
}

/**
 * Orders lines by their numbers, which matters for one that was above the lines on the page when it was drawn. Lines
 * that the server has not confirmed stay below the others.
 */
function settle(line) {
  let first = line
  for (let above = lineAbove(line); above && isLater(above, line); above = lineAbove(above)) first = above
  if (first !== line) first.before(line)
}

function isLater(above, line) {
  return above.dataset.state !== undefined || Number(above.dataset.seq) > Number(line.dataset.seq)
}

/** Numbers of an ended session do not compare with those of the next: its lines stay above. */
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

/** Puts a separator before the first line of each day and nowhere else. */
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

/** Earlier lines are not announced, so neither are their separators. */
function silentAs(line, separator) {
  separator.ariaLive = line.ariaLive
  return separator
}

function label(separator, at) {
  const name = dayName(at)
  separator.className = "day"
  separator.lang = language
  // Screen readers announce every change in a log.
  if (separator.textContent !== name) separator.textContent = name
  return separator
}

/** Arranges lines that came above the others, and the first of the others, which now follows them. */
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

/** At midnight, "Today" becomes "Yesterday". */
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
