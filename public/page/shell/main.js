/** The chat page's own part: loaded after htmx and before Alpine, which finds its components registered. */

import "../connection/connection.js"
import "../transcript/transcript.js"
import "../transcript/unread-divider.js"
import "../transcript/receipts.js"
import "../sidebar/lists.js"
import "../sidebar/row-notes.js"
import "./navigation.js"
import "./shortcuts.js"
import { composer } from "../composer/composer.js"
import { connectionBar } from "../connection/connection-bar.js"
import { page, tell, when } from "./page.js"
import { kept } from "./storage.js"

// By the time that a conversation is here; what could not be fetched is asked for again with the next.
const act = () => import("../message/message.js").catch(() => {})
when("turned to lists", act)
page.addEventListener("htmx:before:request", act)
if (kept("errands")) import("../message/retry-queue.js").catch(() => {})

document.addEventListener("click", ({ target }) => {
  const button = target.closest(".copy-code, .copy-address")
  if (!button) return
  import("./copying.js").then(
    ({ copyBy }) => copyBy(button),
    () => tell("trouble", "That could not be copied. Check your connection and try again."),
  )
})

document.addEventListener("alpine:init", () => {
  Alpine.data("composer", composer)
  Alpine.data("connection", connectionBar)
  Alpine.data("toasts", toasts)
})

const SHOWN = 6000
const MOST = 3

/** Short words about what was just done, or went wrong; they go by themselves. */
function toasts() {
  return {
    list: [],
    next: 0,

    init() {
      when("trouble", (words) => this.show(words))
      when("done", (words) => this.show(words))
      when("out of reach", (words) => this.show(words, true))
      // A gap may be over without a hello: when the socket lived on, and the browser said that there was no network.
      for (const sign of ["hello", "gap over"]) when(sign, () => this.keep(({ stale }) => !stale))
    },

    /** What is `stale` once there is a connection goes with the next one. The same words again begin anew. */
    show(words, stale = false) {
      const key = this.next++
      this.list = [...this.list.filter((toast) => toast.words !== words), { key, words, stale }].slice(-MOST)
      setTimeout(() => this.keep((toast) => toast.key !== key), SHOWN)
    },

    keep(wanted) {
      this.list = this.list.filter(wanted)
    },
  }
}
