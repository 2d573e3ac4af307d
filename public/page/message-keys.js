/** One stop of the Tab key for all messages: from it the arrows go from message to message. */

import { openTalk } from "./room.js"
import { when } from "./signals.js"

const STEPS = { ArrowUp: -1, ArrowDown: 1 }

function buttons() {
  return [...(openTalk()?.querySelectorAll(".message[id] .more") ?? [])]
}

/** The newest message is where the Tab key arrives, unless the reader has gone to another. */
function stopAtNewest() {
  const all = buttons()
  if (all.includes(document.activeElement)) return
  for (const button of openTalk()?.querySelectorAll(".more[tabindex='0']") ?? []) button.tabIndex = -1
  const newest = all.at(-1)
  if (newest) newest.tabIndex = 0
}

document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key]
  if (step === undefined || !event.target.matches?.(".more")) return
  event.preventDefault()
  const all = buttons()
  const next = all[all.indexOf(event.target) + step]
  if (!next) return
  event.target.tabIndex = -1
  next.tabIndex = 0
  next.focus()
})

when("line shown", stopAtNewest)
when("pane shown", stopAtNewest)
stopAtNewest()
