/**
 * Runs before the page is painted: whoever writes and sends before the composer is alive is not ignored.
 * The wish is noted on the form, and the composer fulfils it when it starts.
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
}
