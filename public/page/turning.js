/** The way to the lists and to the field that finds a person: what else they take is loaded when one turns to them. */

import { openTalk } from "./room.js"
import { tell, when } from "./signals.js"

const isApple = /mac|iphone|ipad/iu.test(navigator.userAgentData?.platform ?? navigator.platform)

const field = document.getElementById("find")
const sidebar = field.closest(".sidebar")

let cameFrom = null

/** Ctrl+K, or Command+K. On a phone the field may be out of sight, behind a conversation: its list comes first. */
function goFind() {
  if (!sidebar.contains(document.activeElement)) cameFrom = document.activeElement
  if (field.checkVisibility()) return enter()
  const stop = when("pane shown", () => {
    stop()
    enter()
  })
  openTalk()?.querySelector(".back").click()
}

function enter() {
  field.focus()
  field.select()
}

function goBack() {
  const talk = openTalk()?.querySelector("textarea")
  const to = cameFrom?.isConnected && cameFrom !== document.body ? cameFrom : talk
  cameFrom = null
  if (to) to.focus({ preventScroll: true })
  else field.blur()
}

function load() {
  return import("./find.js")
}

if (isApple) field.form.querySelector("kbd").textContent = "⌘ K"

document.addEventListener("keydown", (event) => {
  const isHeld = isApple ? event.metaKey : event.ctrlKey
  if (!isHeld || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return
  event.preventDefault()
  goFind()
})

for (const turn of ["pointermove", "touchstart", "focusin"])
  sidebar.addEventListener(turn, () => tell("turned to lists"), { once: true, passive: true })
when("turned to lists", () => import("./held-lists.js"))
sidebar.addEventListener("focusin", load, { once: true })
field.form.addEventListener("submit", (event) => {
  event.preventDefault()
  load().then(() => tell("open the first"))
})

sidebar.addEventListener("click", (event) => {
  if (!event.target.closest("[data-everybody]")) return
  event.preventDefault()
  field.value = ""
  load().then(() => tell("find everybody"))
})

when("found no more", goBack)
if (field.value !== "" || sidebar.contains(document.activeElement) || "finding" in sidebar.dataset) load()
