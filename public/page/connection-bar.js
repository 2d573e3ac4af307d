/** The bar that says when the page is cut off, or was. */

import { when } from "./signals.js"

const CALM = 1000
const RESTARTED = "The server restarted. It no longer keeps what was said before; it stays on your screen."
const FORGOTTEN = "You were cut off for too long to be waited for. What was said before stays on your screen."

export function connectionBar() {
  return {
    words: "",
    tone: "",
    waiting: false,
    ended: false,
    dismissible: false,
    timer: 0,
    leaving: false,
    lost: "",

    init() {
      when("hello", () => this.connected())
      when("session lost", ({ restarted }) => {
        this.lost = restarted ? RESTARTED : FORGOTTEN
      })
      when("disconnected", ({ code, final }) => (final ? this.finish(code) : this.lose("Reconnecting…")))
      addEventListener("offline", () => this.lose("You are offline. What you write waits here."))
      addEventListener("pagehide", () => {
        this.leaving = true
      })
      for (const form of document.querySelectorAll("[data-leave]")) {
        form.addEventListener("submit", () => {
          this.leaving = true
        })
      }
    },

    connected() {
      clearTimeout(this.timer)
      if (this.lost !== "") this.say(this.lost, { tone: "warn", dismissible: true })
      else if (this.waiting || !this.dismissible) this.say("")
      this.lost = ""
    },

    /** A blink of the network is no news: said after a second. */
    lose(words) {
      clearTimeout(this.timer)
      if (this.leaving) return
      this.timer = setTimeout(() => this.say(words, { tone: "warn", waiting: true }), this.waiting ? 0 : CALM)
    },

    finish(code) {
      clearTimeout(this.timer)
      if (!this.leaving) this.say(lastWords(code), { tone: "end", ended: true })
    },

    dismiss() {
      this.say("")
    },

    say(words, { tone = "", waiting = false, ended = false, dismissible = false } = {}) {
      Object.assign(this, { words, tone, waiting, ended, dismissible })
    },
  }
}

function lastWords(code) {
  switch (code) {
    case 4410:
      return "You left, here or in another tab. This conversation has ended."
    case 4409:
      return "Too many tabs are open for you; a newer one took over from this one. Reload to use this one."
    case 4429:
      return "The server could not understand this page. Reload it to go on."
    default:
      return "The connection has ended. Reload to go on."
  }
}
