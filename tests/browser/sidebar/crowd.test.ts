import { expect, test } from "bun:test"
import { robots } from "../robots.ts"
import { stage } from "../stage.ts"
import { eventually } from "../visitor.ts"

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
  // By the page's first list, which is outside the budget, or by the count: from here on it has had that list.
  await eventually(async () => (await total.textContent()) === "2", "Ben is counted")
  await arrive("Cleo")
  await eventually(async () => (await total.textContent()) === "3", "Cleo is counted")
  const names = await alma.people.locator(".name:visible").allTextContents()
  expect(names).toContain("Ada")
  expect(names).not.toContain("Cleo")
})
