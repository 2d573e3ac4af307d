/** Asks for one emoji: `await pickEmoji(button)`. Loaded at its first use, with its own markup and style. */

import { keep, kept, page, settings, when } from "../shell/page.js"
import { stepAmong, stopAt } from "../shell/roving-focus.js"
import { emojiPages, findEmoji, toned } from "./list.js"

const RECENT = 16
/** The last of them shows two kinds. */
const LAST_TAB = 7
const TONES = { none: "", light: "🏻", "medium-light": "🏼", medium: "🏽", "medium-dark": "🏾", dark: "🏿" }

Alpine.data("emojiPicker", () => ({
  query: "",
  tab: 0,
  pages: [],
  recent: kept("emoji") ?? [],
  parts: [],
  /** The result of a search, in words. */
  words: "",
  failure: "",
  anchor: null,
  isClosing: false,
  answer: () => {},

  init() {
    Alpine.effect(() => this.show())
    when("pane shown", () => this.$root.hidePopover())
    // A press on its button closes the popover before the click comes.
    const press = () => {
      this.isClosing = this.$root.matches(":popover-open")
    }
    document.addEventListener("pointerdown", press, true)
  },

  /** A second press closes it. */
  open(beside) {
    const isSecond = this.isClosing && this.anchor === beside
    this.isClosing = false
    if (isSecond) return null
    this.answer(null)
    this.anchor = beside
    this.$root.showPopover({ source: beside.closest("[data-card]") ?? beside })
    beside.ariaExpanded = "true"
    this.turnTo(0)
    const field = matchMedia("(hover: hover)").matches ? this.$refs.search : this.$refs.tabs.firstElementChild
    field.focus()
    this.load()
    const { promise, resolve } = Promise.withResolvers()
    this.answer = resolve
    return promise
  },

  /** Frozen, so that Alpine does not make each of the thousands of entries reactive. */
  async load() {
    try {
      this.pages = Object.freeze(await emojiPages())
    } catch {
      this.failure = "The emoji could not be fetched. Check your connection and try again."
    }
  },

  closed() {
    this.anchor.ariaExpanded = "false"
    this.answer(null)
  },

  turnTo(tab) {
    this.tab = tab
    this.query = ""
  },

  show() {
    const isSearch = this.query.trim() !== ""
    const parts = isSearch ? this.found() : this.onTab()
    this.words = isSearch
      ? parts.length > 0
        ? `${parts[0].emoji.length} found`
        : "Nothing of that name."
      : ""
    this.parts = Object.freeze(parts.map(({ name, emoji }) => ({ name, emoji: this.inTone(emoji) })))
    queueMicrotask(() => this.start())
  },

  found() {
    const emoji = findEmoji(this.pages, this.query)
    return emoji.length > 0 ? [{ name: "Found", emoji }] : []
  },

  onTab() {
    const parts = this.pages.slice(this.tab, this.tab === LAST_TAB ? undefined : this.tab + 1)
    if (this.tab > 0 || parts.length === 0 || this.recent.length === 0) return parts
    return [{ name: "Recent", emoji: this.recent }, ...parts]
  },

  inTone(entries) {
    const tone = TONES[settings.skinTone]
    return entries.map((entry) => ({ emoji: toned(entry, tone), name: entry.name }))
  },

  start() {
    stopAt(this.buttons()[0], this.$refs.page, "button")
    this.$refs.page.scrollTop = 0
  },

  buttons() {
    return [...this.$refs.page.querySelectorAll("button")]
  },

  get hand() {
    return `✋${TONES[settings.skinTone]}`
  },

  get toneName() {
    return `Skin tone: ${settings.skinTone}`
  },

  nextTone() {
    const names = Object.keys(TONES)
    settings.skinTone = names[(names.indexOf(settings.skinTone) + 1) % names.length]
  },

  keyInSearch(event) {
    const [first] = this.buttons()
    if (!first || (event.key !== "Enter" && event.key !== "ArrowDown")) return
    event.preventDefault()
    if (event.key === "ArrowDown") this.stepTo(first)
    else if (this.query.trim() !== "") this.take(first)
  },

  keyOnTab(event) {
    const tabs = [...this.$refs.tabs.children]
    const next = stepAmong(tabs, event.target, event.key)
    if (!next) return
    event.preventDefault()
    this.turnTo(tabs.indexOf(next))
    next.focus()
  },

  keyOnEmoji(event) {
    const next = stepAmong(this.buttons(), event.target, event.key)
    if (!next && event.key !== "ArrowUp") return
    event.preventDefault()
    if (next) this.stepTo(next)
    else this.$refs.search.focus()
  },

  stepTo(button) {
    stopAt(button, this.$refs.page, "button")
    button.focus()
  },

  press(event) {
    const button = event.target.closest("button")
    if (button) this.take(button)
  },

  take({ textContent: emoji, title: name }) {
    this.recent = [{ emoji, name }, ...this.recent.filter((each) => each.emoji !== emoji)].slice(0, RECENT)
    keep("emoji", this.recent)
    this.answer(emoji)
    this.$root.hidePopover()
  },
}))

const picker = await bring()

/** Opens beside this element; resolves to the emoji, or to null if the picker is closed without one. */
export function pickEmoji(beside) {
  return picker.open(beside)
}

async function bring() {
  const [markup] = await Promise.all([fetched("../../built/emoji.html"), styled("../../built/emoji.css")])
  page.insertAdjacentHTML("beforeend", await markup.text())
  const element = document.getElementById("emoji-picker")
  Alpine.initTree(element)
  return Alpine.$data(element)
}

async function fetched(path) {
  const response = await fetch(new URL(path, import.meta.url))
  if (!response.ok) throw new Error(`${path} came with ${response.status}`)
  return response
}

function styled(path) {
  const href = new URL(path, import.meta.url)
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href })
  document.head.append(link)
  return new Promise((onload, onerror) => Object.assign(link, { onload, onerror }))
}
