/** What can be done with one message: a press on its button opens the menu beside it. */

import { send } from "./connection.js"
import { copy } from "./copying.js"
import { contentOf, idOf, isOwn } from "./lines.js"
import { openPeer } from "./room.js"
import { tell } from "./signals.js"

/** Pixels between the menu and the edge of the window, or its message. */
const GAP = 8

let line = null

const acts = {
  react: (button) => react(idOf(line), button),
  reply: () => tell("reply", idOf(line)),
  copy: () => copy(contentOf(line)),
  unsend: () => say({ type: "unsend", peer_id: openPeer(), message_id: idOf(line) }),
}

function open(button) {
  const menu = document.getElementById("message-menu")
  line = button.closest(".message")
  menu.querySelector("[data-act='unsend']").hidden = !isOwn(line)
  for (const choice of menu.querySelectorAll("[data-emoji]"))
    choice.setAttribute("aria-pressed", String(isMine(choice.dataset.emoji)))
  menu.showPopover()
  place(menu, button.getBoundingClientRect())
  menu.querySelector("button").focus({ preventScroll: true })
}

function isMine(emoji) {
  return line.querySelector(`.reaction[aria-pressed="true"][data-emoji="${CSS.escape(emoji)}"]`) !== null
}

function place(menu, beside) {
  const { width, height } = menu.getBoundingClientRect()
  const below = beside.bottom + GAP
  const top = below + height + GAP > innerHeight ? beside.top - height - GAP : below
  const left = Math.min(beside.left, innerWidth - width - GAP)
  menu.style.top = `${Math.max(GAP, top)}px`
  menu.style.left = `${Math.max(GAP, left)}px`
}

/** A press on what one has put there takes it back. */
function react(messageId, button) {
  const emoji = button.getAttribute("aria-pressed") === "true" ? null : button.dataset.emoji
  say({ type: "react", peer_id: openPeer(), message_id: messageId, emoji })
}

function say(frame) {
  if (!send(frame)) tell("out of reach", "You are cut off: try again when you are back.")
}

document.addEventListener("click", ({ target }) => {
  const more = target.closest(".more")
  if (more) return open(more)
  const chip = target.closest(".reaction")
  if (chip) return react(idOf(chip.closest(".message")), chip)
  const act = target.closest("#message-menu [data-act]")
  if (!act) return
  document.getElementById("message-menu").hidePopover()
  acts[act.dataset.act](act)
})
