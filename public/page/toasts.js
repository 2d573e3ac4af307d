/** Short words about what was just done, or went wrong; they go by themselves. */

import { when } from "./signals.js"

const SHOWN = 6000
const MOST = 3

export function toasts() {
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
