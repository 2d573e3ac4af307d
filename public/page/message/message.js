/**
 * Quotes, the names on reactions and the folding of long messages; and the keyboard: all messages are one tab stop,
 * arrows go between them, and letters act on the one with the focus.
 */

import { openPeer, openTalk, peerName, when } from "../shell/page.js"
import { stepAmong, stopAt } from "../shell/roving-focus.js"
import { hasEarlier, isOwn, lineOf, reachLine, seenOf, wordsOf } from "../transcript/lines.js"
import { holdInPlace } from "../transcript/scrolling.js"
import { copyWords, isActable, openMenu, reply } from "./menu.js"

/** Acts now, and whenever one of these events comes. */
function keepUp(changes, act) {
  for (const change of changes) when(change, act)
  act()
}

/** Fills in quotes from the messages that they quote. */
function fill() {
  for (const quote of openTalk()?.querySelectorAll(".quote") ?? []) show(quote, answeredBy(quote))
}

/** A quote whose message is gone says so. */
function show(quote, id) {
  const isHere = lineOf(id) !== null
  const isGone = !isHere && !hasEarlier()
  const words = wordsOf(id)
  // Screen readers announce every change in a log. For a message further up, the server's words stay.
  if ((isHere || isGone) && quote.textContent !== words) quote.textContent = words
  quote.toggleAttribute("data-gone", isGone)
  if (isGone) quote.setAttribute("aria-disabled", "true")
  else quote.removeAttribute("aria-disabled")
  quote.title = isGone ? "It is no longer kept" : ""
}

function answeredBy(quote) {
  return quote.getAttribute("href").slice("#m-".length)
}

document.addEventListener("click", async (event) => {
  const quote = event.target.closest(".quote")
  if (!quote) return
  event.preventDefault()
  const id = answeredBy(quote)
  await reachLine(id)
  const line = lineOf(id)
  if (!line || !quote.isConnected) return
  line.scrollIntoView({ block: "center" })
  line.classList.remove("found")
  // Reading the layout restarts the animation.
  void line.offsetWidth
  line.classList.add("found")
})

keepUp(["line shown", "earlier shown", "pane shown", "words changed"], fill)

/** Names whose a reaction is when it is pointed at. */
document.addEventListener("pointerover", ({ target }) => {
  const chip = target.closest?.(".reaction")
  if (!chip) return
  const them = peerName()
  chip.title = { you: "You", them, "you both": `You and ${them}` }[chip.dataset.from]
})

/** A long message is folded until its reader opens it, or finds something in it. */
function unfold(line) {
  holdInPlace(line, () => fold(line, false))
}

function fold(line, yes) {
  const button = line.querySelector(".fold")
  button.setAttribute("aria-expanded", String(!yes))
  button.textContent = yes ? "Show all" : "Show less"
  const words = line.querySelector(".words")
  words.toggleAttribute("data-folded", yes)
  if (yes) words.scrollTop = 0
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest(".fold")
  if (!button) return
  const line = button.closest(".message")
  if (button.getAttribute("aria-expanded") === "true") fold(line, true)
  else unfold(line)
})

// Whatever scrolls within folded text means to show something there: the browser's own search, for example.
document.addEventListener(
  "scroll",
  ({ target }) => {
    if (!target.matches?.(".words") || target.scrollTop === 0) return
    const line = target.closest(".message")
    if (line?.querySelector(".fold[aria-expanded='false']")) unfold(line)
  },
  { capture: true, passive: true },
)

/** Controls in a message: tab stops only while the message has the focus. */
const CONTROLS = ":is(a, button):not(.more)"

const acts = {
  Enter: openMenu,
  " ": openMenu,
  ContextMenu: openMenu,
  e: openMenu,
  r: reply,
  c: copyWords,
  Delete: askToUnsend,
  Backspace: askToUnsend,
}

const STEPS = new Set(["ArrowUp", "ArrowDown", "Home", "End"])

/** The message that had the focus last; the server's form of it may have replaced it. */
let held = null

function lines() {
  return [...(openTalk()?.querySelectorAll(".message") ?? [])]
}

function words() {
  return openTalk()?.querySelector(".composer textarea")
}

function settle() {
  const talk = openTalk()
  if (!talk) return
  for (const part of talk.querySelectorAll(`.message:not([tabindex]), .message ${CONTROLS}:not([tabindex])`))
    part.tabIndex = -1
  keepFocus()
  const focused = lineAt(document.activeElement)
  if (focused) enter(focused)
  else stopAtLine(lines().at(-1))
}

function keepFocus() {
  if (!held || held.isConnected || document.activeElement !== document.body) return
  const { id, dataset } = held
  const from = held.closest(".talk")
  held = null
  if (from && from.dataset.peer !== openPeer()) return
  const again =
    document.getElementById(id) ??
    openTalk().querySelector(`[data-client-id="${CSS.escape(dataset.clientId)}"]`)
  ;(again ?? lines().at(-1))?.focus({ preventScroll: true })
}

function stopAtLine(line) {
  stopAt(line, openTalk(), ".message")
  if (line) openTalk().querySelector(".scroller").tabIndex = -1
}

/** Labelled only while it has the focus, because the log announces the message itself. */
function enter(line) {
  line.setAttribute("aria-label", spoken(line))
  for (const control of line.querySelectorAll(CONTROLS)) control.tabIndex = 0
}

function leave(line) {
  line.removeAttribute("aria-label")
  for (const control of line.querySelectorAll(CONTROLS)) control.tabIndex = -1
}

function lineAt(target) {
  return target?.closest?.(".transcript .message") ?? null
}

function askToUnsend(line) {
  if (isOwn(line)) openMenu(line, true)
}

/** Whether the arrow should scroll a message that is taller than the window. */
function goesOn(line, key) {
  const box = openTalk().querySelector(".scroller").getBoundingClientRect()
  const { top, bottom } = line.getBoundingClientRect()
  return (key === "ArrowUp" && top < box.top - 1) || (key === "ArrowDown" && bottom > box.bottom + 1)
}

document.addEventListener("focusin", ({ target }) => {
  held = lineAt(target)
  if (!held) return
  stopAtLine(held)
  enter(held)
})

document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const line = lineAt(target)
  if (line && !line.contains(relatedTarget)) leave(line)
})

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  const line = lineAt(event.target)
  if (line) keyOn(line, event)
  else if (event.key === "ArrowUp" && event.target === words() && event.target.value === "") {
    event.preventDefault()
    lines().at(-1)?.focus()
  }
})

function keyOn(line, event) {
  const { key, target } = event
  const within = target !== line
  const act = within
    ? undefined
    : (acts[event.shiftKey && key === "F10" ? "ContextMenu" : key.toLowerCase()] ?? acts[key])
  if (key === "Escape") {
    event.preventDefault()
    ;(within ? line : words()).focus()
  } else if (STEPS.has(key) && !goesOn(line, key)) {
    event.preventDefault()
    const next = stepAmong(lines(), line, key) ?? (key === "ArrowDown" ? words() : undefined)
    next?.focus()
  } else if (act && isActable(line)) {
    event.preventDefault()
    act(line)
  }
}

keepUp(["line shown", "earlier shown", "pane shown", "words changed", "marks changed"], settle)

/** The label of a message: who, what, when, and its progress. */
function spoken(line) {
  const quote = line.querySelector(".quote")
  return [
    `${isOwn(line) ? "You" : peerName()}: ${seenOf(line)}`,
    quote && `in reply to: ${quote.textContent}`,
    line.querySelector("time")?.textContent,
    line.querySelector(".trouble:not([hidden])")?.firstChild.textContent ??
      line.querySelector(".tick")?.ariaLabel,
    ...Array.from(line.querySelectorAll(".reaction"), ({ ariaLabel }) => ariaLabel),
    line.querySelector(".waiting")?.textContent,
  ]
    .filter(Boolean)
    .join(", ")
}
