import { expect, test } from "bun:test"
import type { Locator } from "playwright-core"
import { robots } from "../robots.ts"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage()

const arrive = robots(scene)

function found({ page }: Visitor, name: string): Locator {
  return page.locator("#found").getByRole("link", { name, exact: true })
}

/** Alma looks for robots, and has gone down to the second of three. */
async function lookingForRobots() {
  const alma = await (await scene.arrive()).join("Alma")
  const [first, second, third] = [await arrive("Robot A"), await arrive("Robot B"), await arrive("Robot C")]
  await alma.person("Robot C").waitFor()
  await alma.page.keyboard.press("Control+k")
  await alma.page.keyboard.type("robot")
  await found(alma, "Robot C").waitFor()
  await alma.page.keyboard.press("ArrowDown")
  await alma.page.keyboard.press("ArrowDown")
  await focusIsOn(alma, "Robot B")
  return { alma, first, second, third }
}

async function focusIsOn({ page }: Visitor, what: string): Promise<void> {
  const focused = "document.activeElement.querySelector('.name')?.textContent ?? document.activeElement.id"
  await eventually(async () => (await page.evaluate(focused)) === what, `the focus is on ${what}`)
}

test("a found person who has the focus keeps it, on the same row, while others join and leave", async () => {
  const { alma, third } = await lookingForRobots()
  const row = await found(alma, "Robot B").elementHandle()
  const isOnRow = () => row?.evaluate((one) => one === one.ownerDocument.activeElement)
  await arrive("A robot before all")
  await found(alma, "A robot before all").waitFor()
  expect(await isOnRow()).toBe(true)
  third.send({ type: "leave" })
  await found(alma, "Robot C").waitFor({ state: "detached" })
  expect(await isOnRow()).toBe(true)
})

test("when a found person who has the focus leaves, it goes to their neighbour, and at last to the field", async () => {
  const { alma, first, second, third } = await lookingForRobots()
  second.send({ type: "leave" })
  await found(alma, "Robot B").waitFor({ state: "detached" })
  await focusIsOn(alma, "Robot C")
  third.send({ type: "leave" })
  await found(alma, "Robot C").waitFor({ state: "detached" })
  await focusIsOn(alma, "Robot A")
  first.send({ type: "leave" })
  await alma.page.getByText("Nobody here is called “robot”").waitFor()
  await focusIsOn(alma, "find")
})
