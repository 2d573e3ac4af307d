/** What can be done with one message, and its menu: beside it, or on a phone a sheet from below. */

import { isOver } from "../connection/connection-bar.js"
import { copy } from "../shell/copying.js"
import { openPeer, openTalk, tell, when } from "../shell/page.js"
import { placeBeside } from "../shell/popover.js"
import { contentOf, idOf, isOwn, isUnsent } from "../transcript/lines.js"
import { awaited, run } from "./retry-queue.js"

/** Whether anything can: not before the server has it, nor when its words were taken back, nor on a page that is over. */
export function isActable(line) {
  return line.isConnected && line.id !== "" && !isUnsent(line) && !isOver()
}

export function reply(line) {
  tell("reply", idOf(line))
}

export function copyWords(line) {
  copy(contentOf(line))
}

/** What is already the reader's own is taken back. */
function react(line, emoji) {
  run({
    type: "react",
    peer_id: openPeer(),
    message_id: idOf(line),
    emoji: isMine(line, emoji) ? null : emoji,
  })
}

/** With any emoji there is; what offers them all is loaded when it is first asked for. */
async function reactWithAny(line) {
  const picker = await import("../emoji/picker.js").catch(() => undefined)
  if (!picker) return tell("trouble", "The emoji could not be fetched. Reload to try again.")
  const emoji = line.isConnected ? await picker.pickEmoji(line.querySelector(".more")) : null
  if (emoji !== null && isActable(line)) react(line, emoji)
}

/** Whether the reader's own reaction is this one, or will be as soon as the server hears of it. */
function isMine(line, emoji) {
  const request = awaited("react", idOf(line))
  if (request) return request.emoji === emoji
  return line.querySelector(`.reaction[aria-pressed="true"][data-emoji="${CSS.escape(emoji)}"]`) !== null
}

function unsend(line) {
  run({ type: "unsend", peer_id: openPeer(), message_id: idOf(line) })
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

const acts = {
  react: ({ dataset }) => react(line, dataset.emoji),
  any: () => reactWithAny(line),
  reply: () => reply(line),
  copy: () => copyWords(line),
  unsend: () => unsend(line),
}

let line = null
/** Where a press on it began: `inside`, `outside`, or nowhere, as that of the finger whose staying down opened it. */
let pressed = ""

function menu() {
  return openTalk()?.querySelector("#message-menu")
}

/** `step` is `acts`, or `confirm` for the question before words are taken back. */
export function openMenu(at, step = "acts") {
  line = at
  pressed = ""
  const dialog = menu()
  dialog.querySelector("[data-act='ask']").hidden = !isOwn(line)
  for (const choice of dialog.querySelectorAll("[data-emoji]"))
    choice.setAttribute("aria-pressed", String(isMine(line, choice.dataset.emoji)))
  // The browser gives the focus back to where it was.
  if (!line.contains(document.activeElement) || document.activeElement.matches(".more"))
    line.focus({ preventScroll: true })
  line.dataset.chosen = ""
  dialog.showModal()
  show(step)
}

function show(step) {
  const dialog = menu()
  for (const part of dialog.querySelectorAll("[data-step]")) part.hidden = part.dataset.step !== step
  // A sheet stands elsewhere and does not ask.
  placeBeside(dialog, line.querySelector(".bubble"), { prefer: "below", atEnd: isOwn(line) })
  choices()[0].focus({ preventScroll: true })
}

function choices() {
  return [...menu().querySelectorAll("[data-step]:not([hidden]) button:not([hidden])")]
}

function press(button) {
  const { act } = button.dataset
  if (act === "ask") return show("confirm")
  menu().close()
  if (isActable(line)) acts[act]?.(button)
}

document.addEventListener("click", ({ target, detail }) => {
  const more = target.closest(".more")
  if (more) return openMenu(more.closest(".message"))
  const chip = target.closest(".reaction")
  if (chip) return react(chip.closest(".message"), chip.dataset.emoji)
  const button = target.closest("#message-menu [data-act]")
  const isByKey = detail === 0
  if (button && (isByKey || pressed === "inside")) press(button)
  else if (target.id === "message-menu" && pressed === "outside") target.close()
})

document.addEventListener("pointerdown", ({ target, clientX, clientY }) => {
  const dialog = target.closest?.("#message-menu")
  if (!dialog) return
  const { left, right, top, bottom } = dialog.getBoundingClientRect()
  const isInside = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom
  pressed = isInside ? "inside" : "outside"
})

document.addEventListener("keydown", (event) => {
  const button = event.target.closest?.("#message-menu button")
  if (!button || event.ctrlKey || event.metaKey || event.altKey) return
  const next = nextTo(button, event.key)
  const named = choices().find((each) => isKeyOf(each, event.key))
  if (!next && !named) return
  event.preventDefault()
  if (next) next.focus()
  else press(named)
})

/** The keys that stand beside the choices, as on the message itself. */
function isKeyOf(choice, key) {
  const wanted = key === "Backspace" ? "delete" : key.toLowerCase()
  return choice.getAttribute("aria-keyshortcuts")?.toLowerCase() === wanted
}

function nextTo(button, key) {
  const all = choices()
  if (key === "Home") return all[0]
  if (key === "End") return all.at(-1)
  return STEPS[key] && neighbour(all, all.indexOf(button), key)
}

/** Left and right go along the emoji, up and down past them. */
function neighbour(all, at, key) {
  const step = STEPS[key]
  const isRow = (button) => button.closest(".choose-emoji") !== null
  if (key === "ArrowDown" && isRow(all[at])) return all.find((button) => !isRow(button))
  if (key === "ArrowUp" && !isRow(all[at]) && isRow(all[at - 1] ?? all[at])) return all[0]
  return all[(at + step + all.length) % all.length]
}

document.addEventListener(
  "close",
  ({ target }) => {
    if (target.id !== "message-menu") return
    delete line.dataset.chosen
  },
  true,
)

// What it was opened for may be taken back meanwhile.
when("words changed", () => {
  const dialog = menu()
  if (dialog?.open && !isActable(line)) dialog.close()
})

/** Milliseconds, less than a browser waits before it does something of its own; and pixels that a finger may stray. */
const LONG = 420
const STRAY = 10

let pressTimer = 0
let touched = null

function lineUnder(target) {
  const line = target.closest?.(".message:has(.more)")
  return line && target.closest(".bubble") && !target.closest("a:not(.quote), button") ? line : null
}

function cancelPress() {
  clearTimeout(pressTimer)
  touched = null
}

document.addEventListener("pointerdown", (event) => {
  cancelPress()
  const line = event.pointerType === "touch" && event.isPrimary ? lineUnder(event.target) : null
  if (!line) return
  touched = event
  pressTimer = setTimeout(() => openLong(line), LONG)
})

function openLong(line) {
  cancelPress()
  if (!isActable(line)) return
  navigator.vibrate?.(8)
  openMenu(line)
}

document.addEventListener("pointermove", ({ clientX, clientY }) => {
  if (touched && Math.hypot(clientX - touched.clientX, clientY - touched.clientY) > STRAY) cancelPress()
})

for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, cancelPress)
document.addEventListener("scroll", cancelPress, { capture: true, passive: true })

// The browser's own menu would lie over it.
document.addEventListener("contextmenu", (event) => {
  if (event.pointerType === "touch" && lineUnder(event.target)) event.preventDefault()
  else if (event.target.closest?.("#message-menu")) event.preventDefault()
})
