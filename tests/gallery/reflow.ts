import type { Page } from "playwright-core"

/** A window of 1280×1024 at 400%. */
const magnified = { width: 320, height: 256 }

/**
 * Finds what is cut off, or needs sideways scrolling, at a zoom of 400%; the page stays at that size. Popovers were
 * placed for the earlier size, and are left out.
 */
export async function outOfReach(page: Page): Promise<string[]> {
  await page.setViewportSize(magnified)
  return await page.evaluate<string[]>(script)
}

const script = `(() => {
  const controls = "a[href], button, input, textarea, select"
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true })
  const scrollsSideways = (element) => {
    for (let each = element; each; each = each.parentElement)
      if (/auto|scroll/.test(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth) return true
    return false
  }
  const say = (element) => element.tagName.toLowerCase() + "." + element.className + " " + element.textContent.trim().slice(0, 30)
  const wide = document.documentElement.scrollWidth > innerWidth ? ["the page is " + document.documentElement.scrollWidth + " px wide"] : []
  const out = [...document.querySelectorAll(controls)]
    .filter((element) => isShown(element) && !scrollsSideways(element) && !element.closest("dialog[open], :popover-open"))
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      return width > 1 && (left < -1 || right > innerWidth + 1)
    })
  const cut = [...document.querySelectorAll("textarea, .scroller, .lists")]
    .filter(isShown)
    .filter((element) => {
      const { top, bottom, height } = element.getBoundingClientRect()
      return height < 40 || top < 0 || bottom > innerHeight + 1
    })
  return [...wide, ...out.map((each) => "beside: " + say(each)), ...cut.map((each) => "cut: " + say(each))]
})()`
