/** What can be done with one message. */

import { copy } from "./copying.js"
import { isOver } from "./ending.js"
import { awaited, run } from "./errands.js"
import { contentOf, idOf, isUnsent } from "./lines.js"
import { openPeer } from "./room.js"
import { tell } from "./signals.js"

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
export function react(line, emoji) {
  run({
    type: "react",
    peer_id: openPeer(),
    message_id: idOf(line),
    emoji: isMine(line, emoji) ? null : emoji,
  })
}

/** With any emoji there is; what offers them all is loaded when it is first asked for. */
export async function reactWithAny(line) {
  const picker = await import("./emoji-picker.js").catch(() => undefined)
  if (!picker) return tell("trouble", "The emoji could not be fetched. Reload to try again.")
  const emoji = line.isConnected ? await picker.pickEmoji(line.querySelector(".more")) : null
  if (emoji !== null && isActable(line)) react(line, emoji)
}

/** Whether the reader's own reaction is this one, or will be as soon as the server hears of it. */
export function isMine(line, emoji) {
  const errand = awaited("react", idOf(line))
  if (errand) return errand.emoji === emoji
  return line.querySelector(`.reaction[aria-pressed="true"][data-emoji="${CSS.escape(emoji)}"]`) !== null
}

export function unsend(line) {
  run({ type: "unsend", peer_id: openPeer(), message_id: idOf(line) })
}
