/** Where something that floats stands beside what it belongs to. */

/** Pixels between it and the edge of the window, or its neighbour. */
const GAP = 8

/** Below what is too little to use, it may cover its neighbour. */
const LEAST = 240

/** Above or below `anchor`, where there is more room, and no higher than that room. */
export function placeBeside(floating, anchor) {
  const { top, bottom, left } = (anchor.closest("[data-card]") ?? anchor).getBoundingClientRect()
  const above = top - 2 * GAP
  const below = innerHeight - bottom - 2 * GAP
  floating.style.maxHeight = `${Math.max(LEAST, above, below)}px`
  const { width, height } = floating.getBoundingClientRect()
  const over = above >= Math.min(height, below)
  const y = over ? top - GAP - height : bottom + GAP
  floating.style.top = `${Math.max(GAP, Math.min(y, innerHeight - height - GAP))}px`
  const margin = Math.min(GAP, (innerWidth - width) / 2)
  floating.style.left = `${Math.max(margin, Math.min(left, innerWidth - width - margin))}px`
}
