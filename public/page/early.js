/**
 * Runs before the page is painted: what is pressed counts from the first moment. Whoever sends before the composer
 * is alive is not ignored: the wish is noted on the form, and the composer fulfils it when it starts; a form that
 * is replaced before that leaves its words and its wish to the next one. Any other button is held until all that
 * could answer it is alive, and then pressed.
 */
{
  const touch = matchMedia("(hover: none) and (pointer: coarse)")

  const sends = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.defaultPrevented) return false
    // Safari tells of the Enter that ends a composition after its end: that one is known by its code alone.
    if (event.isComposing || event.keyCode === 229) return false
    return event.ctrlKey || event.metaKey || enterSends()
  }

  // A screen's keyboard has no Shift+Enter: there the button sends.
  const enterSends = () => !touch.matches && chosen() !== "breaks"

  /** What `settings.js` keeps; this cannot wait for modules. */
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
    const form = event.target.closest(".composer:not([data-alive])")
    if (!form) return
    event.preventDefault()
    form.dataset.asked = ""
  })

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches?.(".composer textarea")) target.enterKeyHint = enterSends() ? "send" : "enter"
  })

  const asleep = () => document.querySelector(".composer:not([data-alive])")

  /** Where `drafts.js` looks, for whoever goes elsewhere first and comes back. */
  const keepDraft = () => {
    const form = asleep()
    const text = form?.querySelector("textarea").value
    if (!text) return
    const key = `duet:${document.getElementById("duet").dataset.me}:drafts`
    try {
      const drafts = JSON.parse(sessionStorage.getItem(key)) ?? {}
      const { peer } = form.dataset
      sessionStorage.setItem(key, JSON.stringify({ ...drafts, [peer]: { ...drafts[peer], text } }))
    } catch {
      // The browser keeps nothing for this page.
    }
  }

  addEventListener("pagehide", keepDraft)
  document.addEventListener("htmx:before:swap", keepDraft)

  let left

  document.addEventListener("htmx:before:swap", () => {
    const form = asleep()
    left = form && {
      peer: form.dataset.peer,
      words: form.querySelector("textarea").value,
      asked: form.dataset.asked,
    }
  })

  document.addEventListener("htmx:before:settle", () => {
    const form = asleep()
    if (form?.dataset.peer !== left?.peer || form?.querySelector("textarea").value !== "") return
    form.querySelector("textarea").value = left.words
    if (left.asked !== undefined) form.dataset.asked = left.asked
  })

  let pressed

  const hold = (event) => {
    const button = event.target.closest("button[type=button]")
    if (!button) return
    event.preventDefault()
    event.stopPropagation()
    pressed = button
  }

  document.addEventListener("click", hold, true)
  document.addEventListener("alpine:initialized", () => {
    document.removeEventListener("click", hold, true)
    if (pressed?.isConnected) pressed.click()
  })
}
