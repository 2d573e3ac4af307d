/** A message in one breath: who, what, when, and what has become of it. */

import { isOwn, seenOf } from "./lines.js"
import { peerName } from "./room.js"

export function spoken(line) {
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
