import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import type { Visitor } from "../visitor.ts"

const scene = stage()

/** What can be focused in one's own bubbles, with the contrast of its ring to the bubble. */
async function rings({ page }: Visitor): Promise<Record<string, number>> {
  await page.keyboard.press("Tab")
  return await page.evaluate<Record<string, number>>(`(() => {
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
    const luminance = (colour) => {
      context.fillStyle = colour
      context.fillRect(0, 0, 1, 1)
      const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((each) =>
        each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4)
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const contrast = (one, other) => {
      const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
      return (light + 0.05) / (dark + 0.05)
    }
    const within = document.querySelectorAll(".own .bubble :is(a, button):not(.more)")
    return Object.fromEntries([...within].map((each) => {
      each.focus()
      const { outlineColor, outlineStyle } = getComputedStyle(each)
      const ground = getComputedStyle(each.closest(".bubble")).backgroundColor
      return [each.className || each.localName, outlineStyle === "none" ? 0 : contrast(outlineColor, ground)]
    }))
  })()`)
}

test("a ring within one's own bubbles stands out from them in both themes", async () => {
  const [alma] = await scene.talking("Before")
  await alma.act("Before", "Reply")
  await alma.say("See https://example.com")
  await alma.say("```\nsome code\n```")
  await alma.say("very long ".repeat(300))
  await alma.page.locator(".own .fold").waitFor()
  for (const colorScheme of ["light", "dark"] as const) {
    await alma.page.emulateMedia({ colorScheme })
    const found = await rings(alma)
    expect(Object.keys(found).sort()).toEqual(["a", "copy-code", "fold", "quote"])
    expect(Math.min(...Object.values(found))).toBeGreaterThan(3)
  }
})
