/** Where something that floats stands beside what it belongs to, within the window. */

/** Pixels between it and the edge of the window, or its neighbour. */
const GAP = 8

/** Below what is too little to use, it may cover its neighbour. */
const LEAST = 240

/**
 * On the side of `anchor` that is preferred, `above` or `below`, or on the other where there is more room; its beginning,
 * or its end with `atEnd`, where that of `anchor` is. The style sheet takes `--top`, `--left` and `--most`, its height.
 */
export function placeBeside(floating, anchor, { prefer = "above", atEnd = false } = {}) {
  const { top, bottom, left, right } = (anchor.closest("[data-card]") ?? anchor).getBoundingClientRect()
  const space = { above: top - 2 * GAP, below: innerHeight - bottom - 2 * GAP }
  const set = (name, pixels) => floating.style.setProperty(name, `${pixels}px`)
  set("--most", Math.max(LEAST, space.above, space.below))
  const { width, height } = floating.getBoundingClientRect()
  const other = prefer === "above" ? "below" : "above"
  const side = space[prefer] >= Math.min(height, space[other]) ? prefer : other
  const y = side === "above" ? top - GAP - height : bottom + GAP
  const margin = Math.min(GAP, (innerWidth - width) / 2)
  set("--top", between(GAP, y, innerHeight - height - GAP))
  set("--left", between(margin, atEnd ? right - width : left, innerWidth - width - margin))
}

function between(least, wanted, most) {
  return Math.max(least, Math.min(wanted, most))
}
