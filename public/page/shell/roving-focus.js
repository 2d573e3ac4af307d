/** One stop of the Tab key for many: the one that had the focus last. From it the arrows go to the others. */

/** Has the Tab key stop at `stop`, if there is one, and at no other that matches `selector` within `root`. */
export function stopAt(stop, root, selector) {
  for (const old of root.querySelectorAll(`${selector}[tabindex="0"]`)) if (old !== stop) old.tabIndex = -1
  if (stop) stop.tabIndex = 0
}

/**
 * Where a key leads from `from`: sideways to the next of all, round and round; up and down to the nearest in the next
 * row. Undefined above the first row and below the last, and for a key that is no step.
 */
export function stepAmong(all, from, key) {
  const at = all.indexOf(from)
  switch (key) {
    case "Home":
      return all[0]
    case "End":
      return all.at(-1)
    case "ArrowUp":
      return inNextRow(all.slice(0, at).reverse(), from)
    case "ArrowDown":
      return inNextRow(all.slice(at + 1), from)
    case "ArrowLeft":
    case "ArrowRight":
      return all.at((at + (isForward(from, key) ? 1 : -1)) % all.length)
    default:
      return undefined
  }
}

/** The end of a line is on the left where one reads from right to left. */
function isForward(from, key) {
  return from.matches(":dir(rtl)") ? key === "ArrowLeft" : key === "ArrowRight"
}

function inNextRow(others, from) {
  const distance = ({ offsetLeft }) => Math.abs(offsetLeft - from.offsetLeft)
  let nearest
  for (const other of others) {
    if (other.offsetTop === from.offsetTop) continue
    if (nearest && other.offsetTop !== nearest.offsetTop) break
    if (!nearest || distance(other) < distance(nearest)) nearest = other
  }
  return nearest
}
