/** The chat page's own part: loaded after htmx and before Alpine, which finds its components registered. */

import "./swaps.js"
import "./frames.js"
import "./conversation-rows.js"
import "./acks.js"
import "./attention.js"
import "./watching.js"
import "./transcript.js"
import "./progress.js"
import "./lost.js"
import "./menus.js"
import "./scrolling.js"
import "./earlier.js"
import "./catching-up.js"
import "./seeing.js"
import "./lists.js"
import "./row-notes.js"
import "./peer-sign.js"
import "./foreign-goods.js"
import "./turning.js"
import "./navigation.js"
import "./arriving.js"
import "./shortcuts.js"
import "./ending.js"
import "./address.js"
import "./theme.js"
import "./settings-panel.js"
import { composer } from "./composer.js"
import { connectionBar } from "./connection-bar.js"
import { kept } from "./keep.js"
import { room } from "./room.js"
import { when } from "./signals.js"
import { toasts } from "./toasts.js"

// By the time that a conversation is here; what could not be fetched is asked for again with the next.
const act = () => import("./acting.js").catch(() => {})
when("turned to lists", act)
room.addEventListener("htmx:before:request", act)
if (kept("errands")) act()

document.addEventListener("alpine:init", () => {
  Alpine.data("composer", composer)
  Alpine.data("connection", connectionBar)
  Alpine.data("toasts", toasts)
})
