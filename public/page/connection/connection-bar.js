/**
 * The bar that says when the page is cut off, or was; over the page, so that nothing moves for it. And the end of a
 * session: what it takes from the page, and of which messages it is not known whether they were delivered.
 */

import { openPeer, page, tell, transcriptOf, when } from "../shell/page.js"
import { commands, isReady, reconnect } from "./connection.js"

/** A gap shorter than this is no news; milliseconds, as below. */
const CALM = 5000
const BACK = 2500
const TICK = 250
const RESTARTED = "The server restarted. It no longer keeps what was said before; it stays on your screen."
const FORGOTTEN = "You were cut off for too long to be waited for. What was said before stays on your screen."
/** By the close code after which this page does not come back. */
const LAST_WORDS = {
  4409: "Too many tabs are open for you; a newer one took over from this one.",
  4410: "You left, here or in another tab. This conversation has ended.",
  4429: "This page sent too much, or what the server could not understand.",
}

document.addEventListener("alpine:init", () => {
  Alpine.data("connection", connectionBar)
  Alpine.data("toasts", toasts)
})

function connectionBar() {
  return {
    words: "",
    /** What is seen beside the words and not spoken: it changes every second. */
    count: "",
    tone: "",
    waiting: false,
    ended: "",
    dismissible: false,
    timer: 0,
    ticking: 0,
    gap: false,
    next: 0,
    leaving: false,
    lost: "",
    /** Whether the server was heard while the browser said that there is no network: then it is wrong. */
    mistaken: false,

    init() {
      when("session lost", ({ restarted }) => {
        this.lost = restarted ? RESTARTED : FORGOTTEN
      })
      when("disconnected", ({ code, final, pause }) => (final ? this.finish(code) : this.lose(pause)))
      when("sign of life", () => this.hear())
    },

    leave({ target }) {
      if (target.matches("[data-leave]")) this.leaving = true
    },

    connected() {
      const told = this.waiting
      this.calm()
      if (this.lost !== "") this.say(this.lost, { tone: "warn", dismissible: true })
      else if (told) this.sayBack()
      this.lost = ""
      tell("gap over")
    },

    /** Any word of the server, as a word of the browser on its own says little: behind some VPNs it is wrong for hours. */
    hear() {
      if (!navigator.onLine) this.mistaken = true
      if (isReady() && (this.gap || this.lost !== "")) this.connected()
    },

    /** The answer, if there is one, ends the doubt. */
    doubt() {
      this.mistaken = false
      this.lose(0)
      commands.ping()
    },

    /** `pause` is how long it takes to the next attempt, in milliseconds. */
    lose(pause) {
      if (this.leaving) return
      this.next = performance.now() + pause
      if (this.gap) return
      this.gap = true
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.tell(), CALM)
    },

    tell() {
      this.say("", { tone: "warn", waiting: true })
      this.tick()
      this.ticking = setInterval(() => this.tick(), TICK)
    },

    tick() {
      const seconds = Math.ceil((this.next - performance.now()) / 1000)
      const isOffline = !navigator.onLine && !this.mistaken
      this.words = isOffline ? "You are offline. What you write waits here." : "Reconnecting"
      this.count = isOffline ? "" : seconds > 0 ? ` in ${seconds} s` : "…"
    },

    tryNow() {
      this.next = 0
      this.tick()
      reconnect()
    },

    sayBack() {
      this.say("Back.", { tone: "good" })
      this.timer = setTimeout(() => this.say(""), BACK)
    },

    finish(code) {
      this.calm()
      if (!this.leaving)
        this.say(LAST_WORDS[code], { tone: "end", ended: code === 4410 ? "Start again" : "Reload" })
    },

    calm() {
      clearTimeout(this.timer)
      clearInterval(this.ticking)
      this.gap = false
    },

    /** The focus goes from something in the bar that goes to where one writes. */
    say(words, { tone = "", waiting = false, ended = "", dismissible = false } = {}) {
      const held = this.$root.contains(document.activeElement)
      if (held && !waiting) {
        const page = document.querySelector(".composer textarea") ?? document.querySelector(".wordmark")
        page.focus()
      }
      Object.assign(this, { words, count: "", tone, waiting, ended, dismissible })
    },
  }
}

when("session lost", ({ restarted }) => {
  const template = document.getElementById(restarted ? "lost-restarted" : "lost-forgotten")
  const unconfirmed = transcriptOf(openPeer())?.querySelectorAll(".own[id][data-progress='accepted']") ?? []
  for (const line of unconfirmed) {
    const notes = line.querySelector(".notes")
    if (!notes.querySelector(".trouble")) notes.prepend(template.content.cloneNode(true))
  }
})

/** What would ask something of the server, or stand for nothing any more. */
const PARTS =
  ".wordmark, .me-menu, .finding, .results, .lists, .back, .composer, .peer-menu, .sooner, .more, .reaction, .again"

function end() {
  for (const part of page.querySelectorAll(PARTS)) part.inert = true
  const words = page.querySelector(".composer textarea")
  if (words) words.disabled = true
  for (const menu of page.querySelectorAll(":popover-open")) menu.hidePopover()
  page.dataset.ended = ""
}

export function isOver() {
  return page.dataset.ended !== undefined
}

when("disconnected", ({ final }) => final && end())
// What was on its way when it ended.
when("pane shown", () => isOver() && end())
// To ask for another conversation might bring the reader back who has left.
document.addEventListener("htmx:before:request", (event) => isOver() && event.preventDefault())

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
