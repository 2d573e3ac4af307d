/** One stop of the Tab key for many: the one that had the focus last. From it the arrows go to the others. */

export const UP_AND_DOWN = { ArrowUp: -1, ArrowDown: 1 }

/** Towards the end of a line, which is on the left where one reads from right to left. */
export function sideways(element) {
  return element.matches(":dir(rtl)") ? { ArrowLeft: 1, ArrowRight: -1 } : { ArrowLeft: -1, ArrowRight: 1 }
}

/** Has the Tab key stop at `stop`, if there is one, and at no other that matches `selector` within `root`. */
export function stopAt(stop, root, selector) {
  for (const old of root.querySelectorAll(`${selector}[tabindex="0"]`)) if (old !== stop) old.tabIndex = -1
  if (stop) stop.tabIndex = 0
}

export function isStep(key, steps) {
  return key in steps || key === "Home" || key === "End"
}

/** Where a key leads from `from`: undefined beyond either end, and for a key that is no step. */
export function stepAmong(all, from, key, steps) {
  if (key === "Home") return all[0]
  if (key === "End") return all.at(-1)
  return all[all.indexOf(from) + steps[key]]
}
