/** A field as tall as its words, up to the limit that the style sheet sets, for browsers that cannot do so by themselves. */

export function growing(field) {
  // While it is measured it has no height: what stands above must not move for that.
  const { form } = field
  form.style.minHeight = `${form.offsetHeight}px`
  field.style.height = "auto"
  field.style.height = `${field.scrollHeight}px`
  form.style.minHeight = ""
}
