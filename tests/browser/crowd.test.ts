import { expect, test } from "bun:test"
import { robots } from "./robots.ts"
import { stage } from "./stage.ts"
import { eventually } from "./visitor.ts"

/** Too little for a list, and enough to count. */
const scene = stage({ PRESENCE_BUDGET: "600" })

const arrive = robots(scene)

test("where a list would cost too much, the count alone follows who is online, and the rows stay (C12)", async () => {
  await arrive("Ada")
  const alma = await scene.arrive()
  await alma.join("Alma")
  await alma.person("Ada").waitFor()
  const total = alma.page.locator("#people-total")
  await eventually(async () => (await total.textContent()) === "1", "Ada is counted")
  await arrive("Ben")
  await eventually(async () => (await total.textContent()) === "2", "Ben is counted")
  expect(await alma.people.locator(".name:visible").allTextContents()).toEqual(["Ada"])
})
