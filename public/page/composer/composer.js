/**
 * Where a message is written, and perhaps what it answers: how much of its length is left, what the peer hears of the
 * writing, and a word about files.
 */

import { clock, OwnTyping } from "../../built/client.js"
import { isReady, send } from "../connection/connection.js"
import { roomy } from "../shell/navigation.js"
import { draftIn, peerName, saveDraft, tell, when } from "../shell/page.js"
import { wordsOf, writerOf } from "../transcript/lines.js"
import { say } from "./outbox.js"

const BROUGHT = new Set(["insertFromPaste", "insertFromDrop"])

document.addEventListener("alpine:init", () => Alpine.data("composer", composer))

function composer() {
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
      const draft = draftIn(this.$root)
      this.text = draft.text
      this.measure()
      this.answer(draft.replyTo)
      this.call()
      this.$root.dataset.alive = ""
      this.stopListening = [when("reply", (id) => this.reply(id)), when("peer shown", () => this.call())]
      this.$nextTick(() => {
        if (this.$root.dataset.asked !== undefined) this.send()
        grow(this.$refs.words)
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
      tellTyping(this.peer, this.text.trim() !== "")
      grow(this.$refs.words)
    },

    send() {
      if (this.text.trim() === "") this.hint = "Nothing to send yet."
      else if (this.left < 0) this.refusal = tooLong(this.left)
      else return this.hand()
      // The one who pressed the button goes on writing.
      if (this.$root.contains(document.activeElement)) this.focus()
    },

    hand() {
      say(this.peer, this.text, this.answering || undefined)
      tellTyping(this.peer, false)
      this.text = ""
      this.measure()
      this.answer(undefined)
      this.save()
      this.$nextTick(() => grow(this.$refs.words))
      // What was asked for before this started goes when its writer may be elsewhere.
      const { activeElement, body } = document
      if (activeElement === body || this.$root.contains(activeElement)) this.focus()
    },

    /** Into the place of the caret, or of what is selected. */
    async addEmoji(button) {
      this.hint = ""
      const picker = await import("../emoji/picker.js").catch(() => undefined)
      if (!picker) return tell("trouble", "The emoji could not be fetched. Reload to try again.")
      const emoji = await picker.pickEmoji(button)
      if (emoji !== null) this.insert(emoji)
      // Someone who closed it by going elsewhere stays there; a phone would open its keyboard.
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

const growsByItself = CSS.supports("field-sizing", "content")

/** Makes a field as tall as its words, up to the limit that the style sheet sets, where the browser does not do so. */
function grow(field) {
  if (growsByItself) return
  // While it is measured it has no height: what stands above must not move for that.
  const { form } = field
  form.style.minHeight = `${form.offsetHeight}px`
  field.style.height = "auto"
  field.style.height = `${field.scrollHeight}px`
  form.style.minHeight = ""
}

/** From here on the reader is told: a tenth of the limit, at most 200. */
function nearOf(limit) {
  return Math.min(200, Math.ceil(limit / 10))
}

/** How many characters `text` is short of `limit`; negative beyond it. */
function leftOf(text, limit) {
  // Nearly all that is written is far below: there is nothing to count.
  return text.length <= limit / 2 ? limit - text.length : limit - [...text].length
}

/** What stands beside the words, or nothing while there is room; less than nothing once they are too many. */
function countdown(left, limit) {
  if (left > nearOf(limit)) return ""
  return left < 0 ? `−${number(-left)}` : number(left)
}

/** What is said aloud: it changes with the stretch alone, not with each key. */
function stretch(left, limit) {
  if (left < 0) return "Too long."
  if (left > nearOf(limit)) return ""
  return `Fewer than ${number(nearOf(limit) + 1)} characters left.`
}

function tooLong(left) {
  const excess = -left
  return `Too long by ${number(excess)} ${excess === 1 ? "character" : "characters"}. Shorten it or send it in parts.`
}

function number(count) {
  return count.toLocaleString("en")
}

const typing = new OwnTyping(clock)

/** Tells the peer that somebody is writing to them: now and then while they do, and once when they stop. */
function tellTyping(peer, isTyping) {
  if (isReady() && typing.isDue(peer, isTyping))
    send({ type: "typing", receiver_id: peer, is_typing: isTyping })
}

const WORDS_ALONE = "Duet carries words alone: files and pictures stay with you."

function holdsFiles({ types }) {
  return types.includes("Files")
}

document.addEventListener("dragover", (event) => {
  if (holdsFiles(event.dataTransfer)) event.preventDefault()
})
document.addEventListener("drop", (event) => {
  if (!holdsFiles(event.dataTransfer)) return
  event.preventDefault()
  tell("trouble", WORDS_ALONE)
})

// What a spreadsheet copies is a picture and words: then the words are meant.
document.addEventListener("paste", (event) => {
  if (!holdsFiles(event.clipboardData) || event.clipboardData.types.includes("text/plain")) return
  event.preventDefault()
  tell("trouble", WORDS_ALONE)
})
