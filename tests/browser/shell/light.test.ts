import { expect, test } from "bun:test"
import { slowDown, watchShifts, weigh } from "../first-view.ts"
import { stage } from "../stage.ts"

const scene = stage()

/** Bytes over the wire, all in all. */
const doorLimit = 20_000
const weightLimit = 80_000

test("the door is transferred in less than 20 KB, and nothing in it moves", async () => {
  const visitor = await scene.arrive()
  const weight = await weigh(visitor.page)
  const shifts = await watchShifts(visitor.page)
  await visitor.page.goto(scene.url, { waitUntil: "networkidle" })
  expect(weight()).toBeGreaterThan(5_000)
  expect(weight()).toBeLessThan(doorLimit)
  expect(await shifts()).toBe(0)
})

for (const [width, height] of [
  [1440, 900],
  [360, 740],
] as const)
  test(`the chat behind the door is transferred in less than 80 KB, and nothing in it moves, at ${width} by ${height}`, async () => {
    const visitor = await scene.arrive({ width, height })
    await visitor.page.goto(scene.url, { waitUntil: "networkidle" })
    const weight = await weigh(visitor.page)
    const shifts = await watchShifts(visitor.page)
    await visitor.join("Anna")
    await visitor.page.waitForLoadState("networkidle")
    expect(weight()).toBeGreaterThan(40_000)
    expect(weight()).toBeLessThan(weightLimit)
    expect(await shifts()).toBe(0)
  })

test("over a slow line the name field has the focus and takes what is typed", async () => {
  const visitor = await scene.arrive()
  await slowDown(visitor.page)
  await visitor.page.goto(scene.url)
  const name = visitor.page.getByRole("textbox", { name: "Your name", exact: true })
  await name.and(visitor.page.locator(":focus")).waitFor()
  await visitor.page.keyboard.type("Anna")
  expect(await name.inputValue()).toBe("Anna")
})
