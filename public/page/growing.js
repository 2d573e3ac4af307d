/** A field as tall as its words, up to the limit that the style sheet sets; where the browser cannot by itself. */

const byItself = CSS.supports("field-sizing", "content")

export function growing(field) {
  if (byItself) return
  // While it is measured it has no height: what stands above must not move for that.
  const { form } = field
  form.style.minHeight = `${form.offsetHeight}px`
  field.style.height = "auto"
  field.style.height = `${field.scrollHeight}px`
  form.style.minHeight = ""
}
