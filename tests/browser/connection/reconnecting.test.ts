import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import type { Browser } from "playwright-core"
import { launchChromium } from "../../support/chromium.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { V1Client } from "../../support/v1-client.ts"
import { eventually, Visitor } from "../visitor.ts"

setDefaultTimeout(90_000)

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

test("after the server is killed and started again, open pages come back as the same people and say what is lost", async () => {
  const first = await startDuet()
  const alma = await (await Visitor.arrive(browser, first.url)).join("Alma")
  const jonas = await (await Visitor.arrive(browser, first.url)).join("Jonas")
  const ids = [alma.id, jonas.id]
  await alma.open("Jonas")
  await jonas.open("Alma")
  await alma.say("before the crash")
  await alma.ticks("before the crash", "Seen")
  await first.kill()
  await alma.page.getByText("Reconnecting").waitFor()
  await alma.say("written while away")
  await alma.ticks("written while away", "Waiting to be sent")
  const second = await startDuet({ PORT: String(first.port) })
  for (const visitor of [alma, jonas]) {
    await visitor.page.getByText("The server restarted.").waitFor()
    expect(await visitor.line("before the crash").count()).toBe(1)
  }
  expect([alma.id, jonas.id]).toEqual(ids)
  await jonas.sees("Alma", "written while away")
  await jonas.say("after the crash")
  await alma.sees("Jonas", "after the crash")
  expect(await alma.page.getByText("Not delivered").count()).toBe(0)
  await alma.page.reload()
  expect(alma.id).toBe(ids[0] ?? "")
  await finish(second, alma, jonas)
})

test("what was echoed and not known to be delivered when the server died is marked as lost, and can be said again", async () => {
  const first = await startDuet()
  const alma = await (await Visitor.arrive(browser, first.url)).join("Alma")
  const robot = await V1Client.join(first.url, "Robot")
  await alma.open("Robot")
  await alma.say("this one arrived")
  await robot.until(() => robot.contents.length === 1)
  robot.send({ type: "ack", seq: 1 })
  await alma.ticks("this one arrived", "Delivered")
  await alma.say("nobody knows")
  await alma.ticks("nobody knows", "Sent")
  await first.kill()
  const second = await startDuet({ PORT: String(first.port) })
  await alma.line("nobody knows").getByText("Not delivered: the server restarted.").waitFor()
  expect(await alma.line("this one arrived").getByText("Not delivered").count()).toBe(0)
  await alma.page.locator(".peer").getByText("left", { exact: true }).waitFor()
  await alma.page.locator(".peer").getByText("Robot", { exact: true }).waitFor()
  const back = await V1Client.join(second.url, "Robot", { key: String(robot.session.key) })
  await alma.page.locator(".peer").getByText("online", { exact: true }).waitFor()
  await alma.page.getByRole("button", { name: "Say it again", exact: true }).click()
  await back.until(() => back.contents.includes("nobody knows"))
  back.send({ type: "ack", seq: 1 })
  await eventually(
    async () => (await alma.page.getByRole("img", { name: "Delivered", exact: true }).count()) === 2,
    "what was said again is delivered",
  )
  expect(await alma.lines("Robot")).toEqual(["this one arrived", "nobody knows", "nobody knows"])
  back.send({ type: "leave" })
  await finish(second, alma)
})

async function finish(duet: RunningDuet, ...visitors: Visitor[]): Promise<void> {
  expect(visitors.flatMap((visitor) => visitor.unexplained)).toEqual([])
  await Promise.all(visitors.map((visitor) => visitor.close()))
  await duet.stop()
}
