import { expect, test } from "bun:test"
import { V1Client } from "../../support/v1-client.ts"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage()

async function icon({ page }: Visitor): Promise<string> {
  return (await page.locator("link[rel=icon]").getAttribute("href")) ?? ""
}

test("what is unread is in the title and a dot on the icon, until it is read", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const robot = await V1Client.join(scene.url, "Robot")
  expect(await icon(alma)).toEndWith("/icon.svg")
  for (const content of ["one", "two"]) robot.send({ type: "chat_message", receiver_id: alma.id, content })
  await eventually(async () => (await alma.page.title()) === "(2) Duet", "the title counts two")
  expect(await icon(alma)).toEndWith("/icon-unread.svg")
  expect((await alma.page.request.get(new URL(await icon(alma), scene.url).href)).status()).toBe(200)
  await alma.row("Robot").click()
  await alma.sees("Robot", "two")
  await eventually(async () => (await alma.page.title()) === "Robot · Duet", "the title names the open one")
  expect(await icon(alma)).toEndWith("/icon.svg")
  robot.send({ type: "leave" })
})

test("of somebody muted neither title nor icon tells, in any tab and after a reload, until they are heard again", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const robot = await V1Client.join(scene.url, "Robot")
  const other = await V1Client.join(scene.url, "Other")
  const say = (by: V1Client, content: string) =>
    by.send({ type: "chat_message", receiver_id: alma.id, content })
  await alma.open("Robot")
  const menu = alma.page.getByLabel("About this conversation", { exact: true })
  await menu.click()
  await alma.page.getByRole("button", { name: "Mute Robot", exact: true }).click()
  const second = await alma.anotherTab()
  await second.page.goto(`${scene.url}/u/${alma.id}/`)
  await alma.page.goto(`${scene.url}/u/${alma.id}/`)
  say(robot, "psst")
  say(other, "good morning")
  for (const tab of [alma, second]) {
    for (const name of ["Robot", "Other"]) await tab.row(name).getByText("1 unread").waitFor()
    // What counts in the title is loaded when there is something to count.
    await eventually(async () => (await tab.page.title()) !== "Duet", "the title counts")
    expect(await tab.page.title()).toBe("(1) Duet")
    expect(await tab.row("Robot").getAttribute("aria-description")).toEndWith(", muted")
  }
  await alma.row("Other").click()
  await eventually(async () => (await alma.page.title()) === "Other · Duet", "nothing is left to tell of")
  await eventually(async () => (await second.page.title()) === "Duet", "nor in the other tab")
  for (const tab of [alma, second]) expect(await icon(tab)).toEndWith("/icon.svg")
  expect(await second.row("Robot").getByText("1 unread").isVisible()).toBe(true)
  await second.row("Robot").click()
  await second.page.getByLabel("About this conversation", { exact: true }).click()
  await second.page.getByRole("button", { name: "Unmute Robot", exact: true }).click()
  await eventually(
    async () => (await alma.row("Robot").getAttribute("aria-description"))?.endsWith("muted") === false,
    "the other tab knows",
  )
  await second.page.goto(`${scene.url}/u/${alma.id}/`)
  say(robot, "psst again")
  for (const tab of [alma, second]) {
    await eventually(async () => (await tab.page.title()) === "(1) Duet", "the title counts them again")
    expect(await icon(tab)).toEndWith("/icon-unread.svg")
  }
  for (const client of [robot, other]) client.send({ type: "leave" })
})

test("somebody blocked is marked among the people online and in what is found", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const robot = await V1Client.join(scene.url, "Robot")
  await alma.open("Robot")
  await alma.page.getByLabel("About this conversation", { exact: true }).click()
  await alma.page.getByRole("button", { name: "Block Robot", exact: true }).click()
  await alma.page.getByText("You blocked Robot").waitFor()
  const described = (list: string) =>
    alma.page.locator(`${list} .row[aria-description$=", blocked"]`).filter({ hasText: "Robot" })
  await described("#people").waitFor()
  await alma.page.getByRole("searchbox", { name: "Find a person", exact: true }).fill("robot")
  await described("#found").waitFor()
  robot.send({ type: "leave" })
})
