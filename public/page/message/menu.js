/** What can be done with one message, and its menu: beside it, or on a phone a sheet from below. */

import { isOver } from "../connection/connection-bar.js"
import { copy } from "../shell/copying.js"
import { openPeer, page, tell, when } from "../shell/page.js"
import { stepAmong } from "../shell/roving-focus.js"
import { contentOf, idOf, isOwn, isUnsent } from "../transcript/lines.js"
import { awaited, run } from "./retry-queue.js"

/** Whether anything can be done: not before the server has it, after it was unsent, or when the session is over. */
export function isActable(line) {
  return line.isConnected && line.id !== "" && !isUnsent(line) && !isOver()
}

export function reply(line) {
  tell("reply", idOf(line))
}

export function copyWords(line) {
  copy(contentOf(line))
}

/** The same emoji again takes the reaction back. */
function react(line, emoji) {
  run({
    type: "react",
    peer_id: openPeer(),
    message_id: idOf(line),
    emoji: reactionOf(line) === emoji ? null : emoji,
  })
}

/** The reader's own reaction, including one that is not yet confirmed, or null. */
function reactionOf(line) {
  const request = awaited("react", idOf(line))
  if (request) return request.emoji
  return line.querySelector(".reaction[aria-pressed='true']")?.dataset.emoji ?? null
}

/** Offers all emoji; the picker is loaded at its first use. */
async function reactWithAny(line) {
  const picker = await import("../emoji/picker.js").catch(() => undefined)
  if (!picker) return tell("trouble", "The emoji could not be fetched. Reload to try again.")
  const emoji = line.isConnected ? await picker.pickEmoji(line.querySelector(".more")) : null
  if (emoji !== null && isActable(line)) react(line, emoji)
}

function unsend(line) {
  run({ type: "unsend", peer_id: openPeer(), message_id: idOf(line) })
}

const acts = { react, any: reactWithAny, reply, copy: copyWords, unsend }

function messageMenu() {
  return {
    line: null,
    own: false,
    /** The reader's own reaction. */
    mine: null,
    /** Whether it shows the question before unsending. */
    asks: false,
    /** Whether a press began `inside` or `outside`; empty for the long press that opened the menu. */
    pressed: "",

    init() {
      // Its message may be unsent meanwhile, or its conversation closed.
      for (const change of ["words changed", "pane shown"])
        when(change, () => this.$root.open && !isActable(this.line) && this.$root.close())
    },

    open(line, asks = false) {
      Object.assign(this, { line, own: isOwn(line), mine: reactionOf(line), asks, pressed: "" })
      // Closing the dialog returns the focus to what has it now.
      if (!line.contains(document.activeElement) || document.activeElement.matches(".more"))
        line.focus({ preventScroll: true })
      line.dataset.chosen = ""
      this.$root.showModal()
      this.begin()
    },

    /** Focuses the first choice once Alpine has shown the right ones. */
    begin() {
      queueMicrotask(() => this.choices()[0].focus({ preventScroll: true }))
    },

    closed() {
      delete this.line.dataset.chosen
    },

    choices() {
      return [...this.$root.querySelectorAll("button")].filter((button) => button.checkVisibility())
    },

    choose({ dataset: { act, emoji } }) {
      if (act === "ask") {
        this.asks = true
        return this.begin()
      }
      this.$root.close()
      if (isActable(this.line)) acts[act]?.(this.line, emoji)
    },

    aim({ clientX, clientY }) {
      const { left, right, top, bottom } = this.$root.getBoundingClientRect()
      const isInside = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom
      this.pressed = isInside ? "inside" : "outside"
    },

    press({ target, detail }) {
      const button = target.closest("button")
      const isByKey = detail === 0
      if (button && (isByKey || this.pressed === "inside")) this.choose(button)
      else if (!button && this.pressed === "outside") this.$root.close()
    },

    /** Arrows move, and the keys beside the choices choose them, as on the message itself. */
    type(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const choices = this.choices()
      const next = stepAmong(choices, event.target, event.key)
      const key = event.key === "Backspace" ? "Delete" : event.key
      const named = choices.find((each) => each.ariaKeyShortcuts?.toLowerCase() === key.toLowerCase())
      if (!next && !named) return
      event.preventDefault()
      if (next) next.focus()
      else this.choose(named)
    },
  }
}

let menu

function bring() {
  Alpine.data("messageMenu", messageMenu)
  page.append(document.getElementById("message-actions").content.cloneNode(true))
  const dialog = document.getElementById("message-menu")
  Alpine.initTree(dialog)
  menu = Alpine.$data(dialog)
}

if (window.Alpine) bring()
else document.addEventListener("alpine:initialized", bring)

/** `asks` opens it with the question before unsending. */
export function openMenu(line, asks) {
  menu?.open(line, asks)
}

document.addEventListener("click", ({ target }) => {
  const more = target.closest(".more")
  if (more) openMenu(more.closest(".message"))
  const chip = target.closest(".reaction")
  if (chip) react(chip.closest(".message"), chip.dataset.emoji)
})

/** A long press: milliseconds, less than browsers wait for their own menu; and pixels that a finger may move. */
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

// The browser's own menu would cover this one.
document.addEventListener("contextmenu", (event) => {
  if (event.pointerType === "touch" && lineUnder(event.target)) event.preventDefault()
})
