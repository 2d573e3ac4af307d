/**
 * Runs before the page is painted: Enter, Send and other buttons count from the first moment. What is sent before
 * the composer is alive is not ignored: the wish is noted on the form, and the composer fulfils it when it starts; a form
 * that is replaced before that leaves its words and its wish to the next one, and a page that is left keeps the words
 * as a draft. A button is held until the scripts have run, and then pressed. What an input method does with a key is its
 * own, in every field.
 */
{
  const touch = matchMedia("(hover: none) and (pointer: coarse)")

  // Safari tells of the key that ends a composition after its end: that one is known by its code alone.
  const isComposition = (event) => event.isComposing || event.keyCode === 229

  // The first to hear of a key: no part of the page need know of input methods. Nor does Escape close what is open.
  const leaveToInputMethod = (event) => {
    if (!isComposition(event)) return
    event.stopImmediatePropagation()
    if (event.key === "Escape") event.preventDefault()
  }

  addEventListener("keydown", leaveToInputMethod, true)

  const sends = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.defaultPrevented) return false
    return event.ctrlKey || event.metaKey || enterSends()
  }

  // A screen's keyboard has no Shift+Enter: there the button sends.
  const enterSends = () => !touch.matches && chosen() !== "breaks"

  /** What `settings/settings.js` keeps; this cannot wait for modules. */
  const chosen = () => {
    try {
      return JSON.parse(localStorage.getItem("duet:settings"))?.enter
    } catch {
      return undefined
    }
  }

  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.(".composer textarea") || !sends(event)) return
    event.preventDefault()
    event.target.form.requestSubmit()
  })

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-leave]")) return forget()
    const form = event.target.closest(".composer:not([data-alive])")
    if (!form) return
    event.preventDefault()
    form.dataset.asked = ""
  })

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches?.(".composer textarea")) target.enterKeyHint = enterSends() ? "send" : "enter"
  })

  const asleep = () => document.querySelector(".composer:not([data-alive])")

  /** What begins all that this browser keeps for the one person here, as `storage.js` does. */
  const prefix = () => `duet:${document.getElementById("duet").dataset.me}:`

  let left = false

  const forget = () => {
    left = true
    for (const shelf of [sessionStorage, localStorage])
      for (const key of Object.keys(shelf)) if (key.startsWith(prefix())) shelf.removeItem(key)
  }

  // In another tab.
  document.addEventListener("duet:left", forget)

  /** Where `storage.js` looks for drafts: the writer may go elsewhere first and come back. */
  const keepDraft = () => {
    const form = asleep()
    const text = form?.querySelector("textarea").value
    if (!text || left) return
    const key = `${prefix()}drafts`
    try {
      const drafts = JSON.parse(sessionStorage.getItem(key)) ?? {}
      const { peer } = form.dataset
      const draft = drafts[peer]
      const all = draft?.text && draft.text !== text ? `${draft.text}\n${text}` : text
      sessionStorage.setItem(key, JSON.stringify({ ...drafts, [peer]: { ...draft, text: all } }))
    } catch {
      // The browser keeps nothing for this page.
    }
  }

  addEventListener("pagehide", keepDraft)

  let replaced

  document.addEventListener("htmx:before:swap", () => {
    const form = asleep()
    replaced = form && {
      peer: form.dataset.peer,
      words: form.querySelector("textarea").value,
      asked: form.dataset.asked,
    }
  })

  document.addEventListener("htmx:before:settle", () => {
    const form = asleep()
    if (form?.dataset.peer !== replaced?.peer || form?.querySelector("textarea").value !== "") return
    form.querySelector("textarea").value = replaced.words
    if (replaced.asked !== undefined) form.dataset.asked = replaced.asked
  })

  let pressed

  const hold = (event) => {
    pressed = event.target.closest("button[type=button]:not([popovertarget])")
    if (!pressed) return
    event.preventDefault()
    event.stopPropagation()
  }

  /** Someone who writes on meanwhile is not to be taken away. */
  const letGo = () => {
    pressed = null
  }

  document.addEventListener("click", hold, true)
  document.addEventListener("input", letGo)
  // The last to hear of it, when all deferred scripts have run or failed.
  addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("click", hold, true)
    document.removeEventListener("input", letGo)
    if (pressed?.isConnected) pressed.click()
  })
}
