import { expect, test } from "bun:test"
import type { Locator } from "playwright-core"
import { V1Client } from "../../support/v1-client.ts"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage()

async function press({ page }: Visitor, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

function holdsFocus(locator: Locator): Promise<void> {
  const isFocused = () => locator.evaluate((element) => element === element.ownerDocument.activeElement)
  return eventually(isFocused, `${locator} has the focus`)
}

/** Goes from stop to stop until it is there, as somebody does who sees where they are. */
async function tabTo({ page }: Visitor, locator: Locator, key: "Tab" | "Shift+Tab"): Promise<void> {
  for (let i = 0; i < 40; i++) {
    if (await locator.evaluate((element) => element === element.ownerDocument.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`Out of reach of ${key}: ${locator}`)
}

test("from the door on everything is done by the keyboard alone", async () => {
  const alma = await scene.arrive()
  const { page } = alma
  await page.goto(scene.url)
  await holdsFocus(page.getByRole("textbox", { name: "Your name", exact: true }))
  await page.keyboard.type("Alma")
  await press(alma, "Enter")
  await alma.people.waitFor({ state: "attached" })
  alma.profile.people.add(alma.id)
  const robot = await V1Client.join(scene.url, "Robot")
  await alma.person("Robot").waitFor()

  await press(alma, "Control+k")
  await page.keyboard.type("robot")
  await press(alma, "Enter")
  await alma.talkWith("Robot").waitFor()
  await holdsFocus(alma.words)
  await page.keyboard.type("hello")
  await press(alma, "Enter")
  await alma.sees("Robot", "hello")
  robot.say(alma.id, "good day")
  await alma.sees("Robot", "good day")

  await press(alma, "ArrowUp")
  await holdsFocus(alma.line("good day"))
  await press(alma, "e")
  await alma.menu.waitFor()
  await press(alma, "Enter")
  await alma.line("good day").locator(".reaction").waitFor()
  await holdsFocus(alma.line("good day"))

  await press(alma, "r")
  await holdsFocus(alma.words)
  await page.keyboard.type("to you too")
  await press(alma, "Enter")
  await alma.sees("Robot", "to you too")
  await alma.line("to you too").locator(".quote").waitFor()

  const settings = page.locator(".me-menu > button")
  await tabTo(alma, settings, "Shift+Tab")
  await press(alma, "Enter")
  const enter = page.getByRole("switch", { name: /^Enter sends/u })
  await tabTo(alma, enter, "Tab")
  await press(alma, "Space")
  expect(await enter.isChecked()).toBe(false)
  await press(alma, "Escape")
  await holdsFocus(settings)

  await tabTo(alma, alma.words, "Tab")
  await page.keyboard.type("back again")
  expect(await alma.words.inputValue()).toBe("back again")
  robot.send({ type: "leave" })
})
