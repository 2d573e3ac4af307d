import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage()

function hasFocus({ page }: Visitor, what: string): Promise<boolean> {
  return page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(what)})`)
}

test("whatever is opened by the keyboard gives the focus back when it closes, by Escape and by its own button", async () => {
  const [, jonas] = await scene.talking("hello")
  const { page } = jonas
  const ways = [
    [".find-open", ".find-words", "Stop finding"],
    [".peer-menu > button", ".peer-menu > .panel", "Keyboard shortcuts"],
    [".peer-menu > button", ".peer-menu > .panel", "Mute Alma"],
    [".me-menu > button", ".me-menu > .panel", "Keyboard shortcuts"],
    [".message", "#message-menu", "Copy"],
  ] as const
  await jonas.profile.context.grantPermissions(["clipboard-read", "clipboard-write"])
  for (const [opener, opened, last] of ways) {
    await page.locator(opener).focus()
    await page.keyboard.press("Enter")
    await page.locator(opened).waitFor()
    if (opened === ".find-words") await page.locator(".find-words input:focus").waitFor()
    await page.keyboard.press("Escape")
    await page.locator(opened).waitFor({ state: "hidden" })
    await eventually(() => hasFocus(jonas, opener), `${opener} has it after Escape`)
    await page.keyboard.press("Enter")
    await page.locator(opened).getByRole("button", { name: last }).press("Enter")
    await page.locator(opened).waitFor({ state: "hidden" })
    if (last === "Keyboard shortcuts") await page.keyboard.press("Escape")
    await page.locator("#shortcuts").waitFor({ state: "hidden" })
    await eventually(() => hasFocus(jonas, opener), `${opener} has it after “${last}”`)
  }
  expect(await page.getByText("Alma is muted").count()).toBe(1)
})
