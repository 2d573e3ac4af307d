/** Where a message is written. Drafts live as long as this tab, one a conversation. */

import { outbox } from "./sending.js"

const drafts = new Map()
const roomy = matchMedia("(min-width: 48rem) and (hover: hover)")

export function composer() {
  return {
    text: "",
    refusal: "",
    peer: "",
    limit: 0,

    init() {
      this.peer = this.$root.dataset.peer
      this.limit = Number(this.$root.dataset.limit)
      // What was written before this started is the browser's; it must not be wiped.
      this.text = drafts.get(this.peer) ?? this.$root.querySelector("textarea").value
      this.$root.dataset.alive = ""
      this.$nextTick(() => {
        if (this.$root.dataset.asked !== undefined) this.send()
        this.fit()
        // A phone would open its keyboard over the conversation that was asked for.
        if (roomy.matches) this.$refs.words.focus({ preventScroll: true })
      })
    },

    typed() {
      this.refusal = ""
      drafts.set(this.peer, this.text)
      this.fit()
    },

    /** Enter sends and Shift+Enter breaks the line; while an input method composes, Enter is its own. */
    key(event) {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return
      event.preventDefault()
      this.send()
    },

    send() {
      const excess = Array.from(this.text).length - this.limit
      if (this.text.trim() === "") return
      if (excess > 0) {
        this.refusal = `Too long by ${excess.toLocaleString("en")} ${excess === 1 ? "character" : "characters"}. Shorten it or send it in parts.`
        return
      }
      outbox.add(this.peer, this.text)
      this.text = ""
      drafts.delete(this.peer)
      this.$nextTick(() => this.fit())
      this.$refs.words.focus({ preventScroll: true })
    },

    /** As tall as its words, up to the limit that the style sheet sets. */
    fit() {
      const words = this.$refs.words
      words.style.height = "auto"
      words.style.height = `${words.scrollHeight}px`
    },
  }
}
