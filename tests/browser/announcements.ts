import type { Page } from "playwright-core"

/**
 * Notes what the page's live regions say from now on, in order: what is added to them, and what changes in them, where
 * the nearest that has a say is not silent, and an alert that appears. A screen reader may speak of less, and of nothing
 * else.
 */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(`(() => {
    const said = (window.said = [])
    const polite = "[role=log], [role=status], [role=alert], [aria-live=polite], [aria-live=assertive]"
    const isHeard = (node) => {
      const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement
      const region = element?.closest("[aria-live=off], " + polite)
      return region?.matches(polite) && !region.matches("[aria-live=off]") && element.checkVisibility()
    }
    const say = (node) => {
      const words = node.textContent.trim()
      if (words !== "" && node.isConnected && isHeard(node)) said.push(words)
    }
    new MutationObserver((changes) => {
      for (const { target, type, addedNodes } of changes)
        if (type === "characterData") say(target)
        else if (type === "attributes") target.matches("[role=alert]") && say(target)
        else addedNodes.forEach(say)
    }).observe(document.body, { childList: true, characterData: true, subtree: true, attributeFilter: ["style"] })
  })()`)
  return async () => await page.evaluate<string[]>("window.said")
}
