import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import type { Visitor } from "../visitor.ts"

const scene = stage()
const phone = { width: 360, height: 740, touch: true }

async function heard(words: string, look = {}): Promise<[Visitor, Visitor]> {
  const alma = await (await scene.arrive()).join("Alma")
  const jonas = await (await scene.arrive(look)).join("Jonas")
  await alma.open("Jonas")
  await jonas.open("Alma")
  await alma.say(words)
  await jonas.sees("Alma", words)
  return [alma, jonas]
}

/** Puts a finger on these words and leaves it there; answers how to lift it. */
async function hold(visitor: Visitor, words: string): Promise<() => Promise<void>> {
  const { page } = visitor
  const box = await visitor.line(words).locator(".words").boundingBox()
  if (!box) throw new Error(`Not on the screen: ${words}`)
  const touch = await page.context().newCDPSession(page)
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints })
  return async () => {
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] })
  }
}

test("a finger that stays on a message opens its menu as a sheet, selects nothing, and may be lifted", async () => {
  const [alma, jonas] = await heard("by the river", phone)
  await jonas.say("at noon")
  await alma.sees("Jonas", "at noon")
  for (const words of ["at noon", "by the river"]) {
    const lift = await hold(jonas, words)
    await jonas.menu.waitFor()
    await lift()
    await jonas.menu.evaluate((menu) =>
      Promise.all(menu.getAnimations().map((rise: { finished: Promise<unknown> }) => rise.finished)),
    )
    const sheet = await jonas.menu.boundingBox()
    expect([sheet?.x, sheet?.width, (sheet?.y ?? 0) + (sheet?.height ?? 0)]).toEqual([0, 360, 740])
    if (words !== "by the river") await jonas.page.keyboard.press("Escape")
  }
  expect(await jonas.page.evaluate("String(getSelection())")).toBe("")
  for (const choice of await jonas.menu.getByRole("button").all())
    expect((await choice.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  await jonas.menu.getByRole("button", { name: "React with 👍", exact: true }).tap()
  await jonas.menu.waitFor({ state: "hidden" })
  await alma.line("by the river").getByRole("button", { name: "👍 from them", exact: true }).waitFor()
})

test("a tap beside the sheet closes it, and a tap on a message opens none", async () => {
  const [, jonas] = await heard("by the river", phone)
  const lift = await hold(jonas, "by the river")
  await jonas.menu.waitFor()
  await lift()
  await jonas.page.touchscreen.tap(180, 100)
  await jonas.menu.waitFor({ state: "hidden" })
  // What opens it is here by now, and for the page a while passes after the tap.
  await jonas.page.clock.install()
  await jonas.line("by the river").locator(".words").tap()
  await jonas.page.clock.runFor(1000)
  expect(await jonas.menu.isVisible()).toBe(false)
})

test("unsending takes two presses, and the second may be thought better of", async () => {
  const [alma, jonas] = await heard("said in haste")
  await alma.act("said in haste", "Unsend")
  await alma.menu.getByRole("button", { name: "Keep it", exact: true }).click()
  await alma.menu.waitFor({ state: "hidden" })
  await alma.act("said in haste", "Copy")
  await alma.act("said in haste", "Unsend")
  await alma.menu.getByRole("button", { name: "Unsend for both", exact: true }).click()
  await jonas.line("Message unsent").waitFor()
})

test("a press outside closes the menu, and so does the other's taking back of what it was for", async () => {
  const [alma, jonas] = await heard("not for long")
  const open = async () => {
    await jonas.line("not for long").hover()
    await jonas.line("not for long").getByRole("button", { name: "Message actions", exact: true }).click()
    await jonas.menu.waitFor()
  }
  await open()
  await jonas.page.mouse.click(1000, 200)
  await jonas.menu.waitFor({ state: "hidden" })
  await open()
  await alma.act("not for long", "Unsend")
  await alma.menu.getByRole("button", { name: "Unsend for both", exact: true }).click()
  await jonas.menu.waitFor({ state: "hidden" })
})

test("a reaction says by name whose it is", async () => {
  const [alma, jonas] = await heard("I got the tickets")
  await jonas.act("I got the tickets", "React with 🎉")
  const chip = alma.line("I got the tickets").locator(".reaction")
  await chip.waitFor()
  await chip.hover()
  expect(await chip.getAttribute("title")).toBe("Jonas")
  await chip.click()
  await alma.page.getByRole("button", { name: "🎉 from you both", exact: true }).waitFor()
  await chip.hover()
  expect(await chip.getAttribute("title")).toBe("You and Jonas")
})

for (const [where, look] of [
  ["at a desk", {}],
  ["on a phone", phone],
] as const)
  test(`beside the six, any emoji there is can be a reaction, ${where}`, async () => {
    const [alma, jonas] = await heard("I got the tickets", look)
    await jonas.words.focus()
    await jonas.words.press("ArrowUp")
    await jonas.page.keyboard.press("Enter")
    const choices = jonas.menu.locator(".choose-emoji button")
    for (const choice of await choices.all()) {
      const box = await choice.boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
    }
    await jonas.menu.getByRole("button", { name: "React with another emoji", exact: true }).press("Enter")
    const search = jonas.page.getByRole("searchbox", { name: "Search emoji", exact: true })
    await search.fill("ticket")
    await jonas.page.getByRole("button", { name: "ticket", exact: true }).waitFor()
    await search.press("Enter")
    await alma.line("I got the tickets").getByRole("button", { name: "🎫 from them", exact: true }).waitFor()
    expect(await jonas.page.evaluate<string>("document.activeElement.ariaLabel")).toStartWith(
      "Alma: I got the tickets",
    )
  })
