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
    },

    show(words) {
      const key = this.next++
      this.list = [...this.list, { key, words }].slice(-MOST)
      setTimeout(() => {
        this.list = this.list.filter((toast) => toast.key !== key)
      }, SHOWN)
    },
  }
}
