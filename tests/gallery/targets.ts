import type { Page } from "playwright-core"

/** Finds touch targets that are too small: visible controls under 44 px, except links within a sentence. */
export async function smallTargets(page: Page): Promise<string[]> {
  return await page.evaluate<string[]>(script)
}

const script = `(() => {
  const controls = "a[href], button, input, textarea, select"
  const least = 44
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const isInline = (element) => getComputedStyle(element).display === "inline"
  /** A control may be larger than its own box; one below a popover cannot be hit. */
  const isHitAround = (element) => {
    const floating = document.querySelector("dialog[open], :popover-open")
    if (floating && !floating.contains(element)) return true
    element.scrollIntoView({ block: "center" })
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const x = (left + right) / 2
    const y = (top + bottom) / 2
    const reach = least / 2 - 1
    return [[0, -reach], [0, reach], [-reach, 0], [reach, 0]].every(([dx, dy]) => {
      const hit = document.elementFromPoint(x + dx, y + dy)
      return hit === null || element.contains(hit)
    })
  }
  return [...document.querySelectorAll(controls)]
    .filter((element) => isShown(element) && !isInline(element) && element.type !== "hidden")
    .map((element) => [element, (element.closest("label") ?? element).getBoundingClientRect()])
    .filter(([element, box]) =>
      box.width > 1 && (box.width < least - 0.5 || box.height < least - 0.5) && !isHitAround(element))
    .map(([element, { width, height }]) =>
      element.tagName.toLowerCase() + "." + element.className + " " +
      (element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 30)) + ": " +
      Math.round(width) + "×" + Math.round(height))
})()`
