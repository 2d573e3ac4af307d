import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import { eventually } from "../visitor.ts"

const scene = stage()

const ELSEWHERE = { locale: "de-DE", timezoneId: "Pacific/Auckland" }

test("days and exact times are in the reader's own zone and language, and midnight is not slept through", async () => {
  const alma = await (await scene.arrive(ELSEWHERE)).join("Alma")
  await alma.openEcho()
  await alma.say("Kia ora")
  await eventually(async () => (await alma.lines("Echo")).length > 1, "Echo answers")
  const talk = alma.talkWith("Echo")
  const day = talk.locator(".day")
  expect(await day.allTextContents()).toEqual(["Heute"])
  expect(await day.getAttribute("lang")).toBe("de-DE")
  const time = talk.locator("time").first()
  const at = new Date(String(await time.getAttribute("datetime")))
  const exact = new Intl.DateTimeFormat("de-DE", {
    dateStyle: "full",
    timeStyle: "medium",
    timeZone: "Pacific/Auckland",
  })
  expect(await time.getAttribute("title")).toBe(exact.format(at))
  await alma.page.clock.setFixedTime(at.getTime() + 86_400_000)
  await alma.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
  await day.getByText("Gestern", { exact: true }).waitFor()
  await alma.page.clock.setFixedTime(at.getTime() + 3 * 86_400_000)
  await alma.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
  const weekday = new Intl.DateTimeFormat("de-DE", { weekday: "long", timeZone: "Pacific/Auckland" })
  await day.getByText(weekday.format(at), { exact: true }).waitFor()
})

test("a pause of more than five minutes begins a new run, whose time is shown", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.openEcho()
  await alma.page.context().setOffline(true)
  await alma.say("one")
  await alma.say("two")
  await alma.page.clock.setFixedTime(Date.now() + 6 * 60_000)
  await alma.say("three")
  const continued = (words: string) => alma.line(words).evaluate((line) => "runBelow" in line.dataset)
  expect(await Promise.all(["one", "two", "three"].map(continued))).toEqual([true, false, false])
  const shown = (words: string) =>
    alma
      .line(words)
      .locator("time")
      .evaluate((time) => time.computedStyleMap().get("opacity")?.toString())
  await alma.words.hover()
  await eventually(
    async () => (await shown("one")) === "0" && (await shown("two")) === "1",
    "a time at the end of the run",
  )
  await alma.line("one").hover()
  await eventually(async () => (await shown("one")) === "1", "the time of whatever is pointed at")
  expect(alma.unexplained).toEqual([])
  alma.complaints.length = 0
})
