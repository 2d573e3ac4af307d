/** What is unread here, told by the tab: its number in the title, a dot on its icon. */

import { isMuted } from "./mutes.js"
import { peerName, room } from "./room.js"
import { when } from "./signals.js"

const icon = document.querySelector("link[rel=icon]")
const READ = icon.href

function show() {
  const count = unread()
  document.title = title(count)
  const wanted = count > 0 ? icon.dataset.unread : READ
  if (icon.href !== new URL(wanted, document.baseURI).href) icon.href = wanted
}

function unread() {
  return [...document.querySelectorAll("#conversations .unread")]
    .filter((badge) => !isBeingRead(badge) && !isMuted(badge.closest(".row").getAttribute("href")))
    .reduce((sum, badge) => sum + Number(badge.dataset.unread), 0)
}

function isBeingRead(badge) {
  return room.hasAttribute("data-watching") && badge.closest(".row").hasAttribute("aria-current")
}

function title(count) {
  if (count > 0) return `(${count}) Duet`
  const name = peerName()
  return name === undefined ? "Duet" : `${name} · Duet`
}

when("rows noted", show)
document.addEventListener("visibilitychange", show)
// A pane brings a title of its own.
document.addEventListener("htmx:finally:swap", show)
show()
