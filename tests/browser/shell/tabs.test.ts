import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage()

test("three tabs of one person show the same talk in the same order, with drafts of their own", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const jonas = await (await scene.arrive()).join("Jonas")
  await alma.open("Jonas")
  await jonas.open("Alma")
  const tabs: Visitor[] = [alma, await alma.anotherTab(), await alma.anotherTab()]
  for (const tab of tabs.slice(1)) {
    await tab.page.goto(alma.page.url())
    await tab.talkWith("Jonas").waitFor()
  }
  const said: string[] = []
  for (const [index, tab] of tabs.entries()) {
    await tab.say(`from tab ${index}`)
    await jonas.say(`to tab ${index}`)
    said.push(`from tab ${index}`, `to tab ${index}`)
    for (const each of [...tabs, jonas])
      await each.page
        .locator(`[id^=m-] .words`)
        .nth(said.length - 1)
        .waitFor()
  }
  for (const each of tabs) expect(await each.lines("Jonas")).toEqual(await jonas.lines("Alma"))
  expect([...(await jonas.lines("Alma"))].sort()).toEqual([...said].sort())
  for (const each of tabs) await each.ticks("from tab 2", "Seen")
  await tabs[0]?.words.fill("only here")
  expect(await tabs[1]?.words.inputValue()).toBe("")
})

test("what is unread is unread in all tabs of a person, and read in all once it is read in one", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const jonas = await (await scene.arrive()).join("Jonas")
  const second = await alma.anotherTab()
  await second.page.goto(alma.page.url())
  await jonas.open("Alma")
  await jonas.say("psst")
  for (const tab of [alma, second]) await tab.row("Jonas").getByText("1 unread").waitFor()
  await alma.row("Jonas").click()
  await second.row("Jonas").getByText("1 unread").waitFor({ state: "detached" })
  await jonas.ticks("psst", "Seen")
})

test("a tab that nobody looks at keeps receiving, and says so", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const jonas = await (await scene.arrive()).join("Jonas")
  await alma.open("Jonas")
  await alma.page.evaluate(hide)
  await jonas.open("Alma")
  await jonas.say("while nobody looks")
  await jonas.ticks("while nobody looks", "Delivered")
  await alma.sees("Jonas", "while nobody looks")
  expect(await jonas.line("while nobody looks").getAttribute("data-progress")).toBe("delivered")
  await alma.page.evaluate(show)
  await jonas.ticks("while nobody looks", "Seen")
})

test("a page that was left for another site and returned to lives", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const jonas = await (await scene.arrive()).join("Jonas")
  await alma.open("Jonas")
  await jonas.open("Alma")
  await jonas.say("before")
  await alma.sees("Jonas", "before")
  await alma.page.goto("about:blank")
  await jonas.say("meanwhile")
  await alma.page.goBack()
  await alma.sees("Jonas", "meanwhile")
  await jonas.say("after")
  await alma.sees("Jonas", "after")
  await alma.say("still here")
  await jonas.sees("Alma", "still here")
  expect(await alma.lines("Jonas")).toEqual(await jonas.lines("Alma"))
  await eventually(async () => (await alma.lines("Jonas")).length === 4, "each line is there once")
})

/** Headless tabs are never hidden by themselves. */
const hide = `Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"))`
const show = `delete document.visibilityState; document.dispatchEvent(new Event("visibilitychange"))`
