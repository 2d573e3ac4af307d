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
    const asleep = event.target.closest(".composer:not([data-alive])")
    if (!asleep) return
    event.preventDefault()
    asleep.dataset.asked = ""
  })

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches?.(".composer textarea")) target.enterKeyHint = enterSends() ? "send" : "enter"
  })

  let left

  document.addEventListener("htmx:before:swap", () => {
    const form = document.querySelector(".composer:not([data-alive])")
    left = form && {
      peer: form.dataset.peer,
      words: form.querySelector("textarea").value,
      asked: form.dataset.asked,
    }
  })

  document.addEventListener("htmx:before:settle", () => {
    const form = left && document.querySelector(`.composer[data-peer="${left.peer}"]:not([data-alive])`)
    if (form?.querySelector("textarea").value !== "") return
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
