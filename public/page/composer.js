/** Where a message is written, and perhaps what it answers. */

import { draftFor, saveDraft } from "./drafts.js"
import { wordsOf, writerOf } from "./lines.js"
import { outbox } from "./sending.js"
import { when } from "./signals.js"
import { stopTyping, type } from "./typing.js"

const roomy = matchMedia("(min-width: 48rem) and (hover: hover)")

export function composer() {
  return {
    text: "",
    refusal: "",
    peer: "",
    limit: 0,
    answering: "",
    whom: "",
    quoted: "",

    init() {
      this.peer = this.$root.dataset.peer
      this.limit = Number(this.$root.dataset.limit)
      const draft = draftFor(this.peer)
      // What was written before this started is the browser's; it must not be wiped.
      this.text = draft.text || this.$root.querySelector("textarea").value
      this.answer(draft.replyTo)
      if (this.text !== draft.text) this.save()
      this.$root.dataset.alive = ""
      this.stopListening = when("reply", (id) => this.reply(id))
      this.$nextTick(() => {
        if (this.$root.dataset.asked !== undefined) this.send()
        this.fit()
        // A phone would open its keyboard over the conversation that was asked for.
        if (roomy.matches) this.$refs.words.focus({ preventScroll: true })
      })
    },

    destroy() {
      this.stopListening()
    },

    typed() {
      this.refusal = ""
      this.save()
      type(this.peer, this.text)
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
      outbox.add(this.peer, this.text, this.answering || undefined)
      stopTyping(this.peer)
      this.text = ""
      this.answer(undefined)
      this.save()
      this.$nextTick(() => this.fit())
      this.$refs.words.focus({ preventScroll: true })
    },

    reply(id) {
      this.answer(id)
      this.save()
      this.$refs.words.focus({ preventScroll: true })
    },

    dismissReply() {
      this.answer(undefined)
      this.save()
    },

    answer(id) {
      this.answering = id ?? ""
      this.whom = id === undefined ? "" : `Reply to ${writerOf(id)}`
      this.quoted = id === undefined ? "" : wordsOf(id)
    },

    save() {
      saveDraft(this.peer, { text: this.text, replyTo: this.answering || undefined })
    },

    /** As tall as its words, up to the limit that the style sheet sets. */
    fit() {
      const words = this.$refs.words
      words.style.height = "auto"
      words.style.height = `${words.scrollHeight}px`
    },
  }
}
