/** Where a message is written, and perhaps what it answers. */

import { countdown, leftOf, stretch, tooLong } from "./allowance.js"
import { roomy } from "./arriving.js"
import { draftFor, saveDraft } from "./drafts.js"
import { wordsOf, writerOf } from "./lines.js"
import { peerName } from "./room.js"
import { outbox } from "./sending.js"
import { tell, when } from "./signals.js"
import { stopTyping, type } from "./typing.js"

/** Where the style sheet alone cannot make a field as tall as its words. */
let growing = () => {}
if (!CSS.supports("field-sizing", "content"))
  import("./growing.js").then((module) => {
    growing = module.growing
  })

const BROUGHT = new Set(["insertFromPaste", "insertFromDrop"])

function joined(begun, written) {
  return begun && written && begun !== written ? `${begun}\n${written}` : begun || written
}

export function composer() {
  return {
    text: "",
    refusal: "",
    hint: "",
    peer: "",
    limit: 0,
    left: 0,
    answering: "",
    whom: "",
    quoted: "",

    init() {
      this.peer = this.$root.dataset.peer
      this.limit = Number(this.$root.dataset.limit)
      const draft = draftFor(this.peer)
      // What was written before this started is the browser's; it must not be wiped.
      this.text = joined(draft.text, this.$root.querySelector("textarea").value)
      this.measure()
      this.answer(draft.replyTo)
      this.call()
      if (this.text !== draft.text) this.save()
      this.$root.dataset.alive = ""
      this.stopListening = [when("reply", (id) => this.reply(id)), when("peer shown", () => this.call())]
      this.$nextTick(() => {
        if (this.$root.dataset.asked !== undefined) this.send()
        growing(this.$refs.words)
      })
    },

    destroy() {
      for (const stop of this.stopListening) stop()
    },

    typed(event) {
      this.measure()
      this.refusal = BROUGHT.has(event.inputType) && this.left < 0 ? tooLong(this.left) : ""
      this.hint = ""
      this.save()
      type(this.peer, this.text)
      growing(this.$refs.words)
    },

    send() {
      if (this.text.trim() === "") this.hint = "Nothing to send yet."
      else if (this.left < 0) this.refusal = tooLong(this.left)
      else return this.hand()
      // Whoever pressed the button goes on writing.
      if (this.$root.contains(document.activeElement)) this.focus()
    },

    hand() {
      outbox.add(this.peer, this.text, this.answering || undefined)
      stopTyping(this.peer)
      this.text = ""
      this.measure()
      this.answer(undefined)
      this.save()
      this.$nextTick(() => growing(this.$refs.words))
      // What was asked for before this started goes when its writer may be elsewhere.
      const { activeElement, body } = document
      if (activeElement === body || this.$root.contains(activeElement)) this.focus()
    },

    /** Into the place of the caret, or of what is selected. */
    async addEmoji(button) {
      this.hint = ""
      const picker = await import("./emoji-picker.js").catch(() => undefined)
      if (!picker) return tell("trouble", "The emoji could not be fetched. Reload to try again.")
      const emoji = await picker.pickEmoji(button)
      if (emoji !== null) this.insert(emoji)
      // Whoever closed it by going elsewhere stays there; a phone would open its keyboard.
      if (roomy.matches && document.activeElement === button) this.focus()
    },

    insert(words) {
      const field = this.$refs.words
      field.setRangeText(words, field.selectionStart, field.selectionEnd, "end")
      field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: words }))
    },

    reply(id) {
      this.answer(id)
      this.save()
      this.focus()
    },

    dismissReply() {
      this.answer(undefined)
      this.save()
    },

    answer(id) {
      this.answering = id ?? ""
      this.whom = id === undefined ? "" : writerOf(id)
      this.quoted = id === undefined ? "" : wordsOf(id)
    },

    /** By the name that they have now. */
    call() {
      this.$root.querySelector("textarea").placeholder = `Message ${peerName()}`
      if (this.answering !== "") this.whom = writerOf(this.answering)
    },

    measure() {
      this.left = leftOf(this.text, this.limit)
    },

    get count() {
      return countdown(this.left, this.limit)
    },

    /** Said aloud, rarely, and not beside a refusal, which speaks for itself. */
    get word() {
      if (this.refusal) return ""
      return this.hint || stretch(this.left, this.limit)
    },

    save() {
      saveDraft(this.peer, { text: this.text, replyTo: this.answering || undefined })
    },

    focus() {
      this.$refs.words.focus({ preventScroll: true })
    },
  }
}
