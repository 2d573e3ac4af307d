import { expect, test } from "bun:test"
import { listen } from "../announcements.ts"
import { stage } from "../stage.ts"
import { eventually } from "../visitor.ts"

const scene = stage()

test("every message is announced once: one's own when the server has it, and not while it waits", async () => {
  const [alma, jonas] = await scene.talking("Hello")
  const announced = await listen(alma.page)
  await alma.page.context().setOffline(true)
  await alma.say("Are you there?")
  await alma.line("Are you there?").and(alma.page.locator("[data-state]")).waitFor()
  const about = async (words: string) => (await announced()).filter((each) => each.includes(words)).length
  expect(await about("Are you there?")).toBe(0)
  await alma.page.context().setOffline(false)
  await alma.sees("Jonas", "Are you there?")
  await alma.ticks("Are you there?", "Seen")
  await jonas.say("I am")
  await alma.sees("Jonas", "I am")
  expect(await about("Are you there?")).toBe(1)
  expect(await about("I am")).toBe(1)
  expect(alma.unexplained).toEqual([])
  alma.complaints.length = 0
})

test("an over-long paste is refused once, by how much it is too long", async () => {
  const [alma] = await scene.talking("Hello")
  await alma.page.context().grantPermissions(["clipboard-read", "clipboard-write"])
  const limit = Number(await alma.page.locator(".composer").getAttribute("data-limit"))
  const announced = await listen(alma.page)
  await alma.page.evaluate(`navigator.clipboard.writeText("x".repeat(${limit} + 7))`)
  await alma.words.press("Control+v")
  await alma.page.getByRole("alert").getByText("Too long by 7 characters.").waitFor()
  const about = async () => (await announced()).filter((each) => /too long/iu.test(each))
  await eventually(async () => (await about()).length > 0, "it is said")
  expect(await about()).toEqual(["Too long by 7 characters. Shorten it or send it in parts."])
})
