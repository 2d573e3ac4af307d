/** The chat page's own part: loaded after htmx and before Alpine, which finds its components registered. */

import "./swaps.js"
import "./frames.js"
import "./acks.js"
import "./attention.js"
import "./watching.js"
import "./transcript.js"
import "./progress.js"
import "./lost.js"
import "./menus.js"
import "./scrolling.js"
import "./catching-up.js"
import "./seeing.js"
import "./lists.js"
import "./row-notes.js"
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
import { toasts } from "./toasts.js"

const act = () => import("./acting.js")
// With the first conversation that is asked for, if none was open.
room.addEventListener("htmx:before:request", act, { once: true })
if (kept("errands")) act()

document.addEventListener("alpine:init", () => {
  Alpine.data("composer", composer)
  Alpine.data("connection", connectionBar)
  Alpine.data("toasts", toasts)
})
