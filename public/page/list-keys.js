/** Arrows go through the rows of the lists, from the field that finds a person and back to it. */

const field = document.getElementById("find")
const sidebar = field.closest(".sidebar")

const STEPS = { ArrowDown: 1, ArrowUp: -1 }

function stops() {
  return [...sidebar.querySelectorAll(".row, .more-people button, [data-everybody]")].filter((stop) =>
    stop.checkVisibility(),
  )
}

function target(key, at, among) {
  if (key in STEPS) return at + STEPS[key] < 0 ? field : among[at + STEPS[key]]
  if (at < 0) return undefined
  return { Home: among[0], End: among.at(-1) }[key]
}

sidebar.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const among = stops()
  const at = among.indexOf(event.target)
  if (at < 0 && event.target !== field) return
  const to = target(event.key, at, among)
  if (!to || to === event.target) return
  event.preventDefault()
  to.focus()
})
