/**
 * Runs before the page is painted: whoever writes and sends before the composer is alive is not ignored.
 * The wish is noted on the form, and the composer fulfils it when it starts; a form that is replaced before that
 * leaves its words and its wish to the next one.
 */
{
  const asleep = (target) => target.closest?.(".composer:not([data-alive])")

  const note = (event, form) => {
    event.preventDefault()
    form.dataset.asked = ""
  }

  document.addEventListener("submit", (event) => {
    const form = asleep(event.target)
    if (form) note(event, form)
  })

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
    const form = asleep(event.target)
    if (form && event.target.matches("textarea")) note(event, form)
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
}
