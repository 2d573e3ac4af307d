import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import type { Browser } from "playwright-core"
import { launchChromium } from "../support/chromium.ts"
import { startDuet } from "../support/duet.ts"
import { Visitor } from "./visitor.ts"

setDefaultTimeout(90_000)

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

test("after the server is killed and started again, open pages come back as the same people and say so", async () => {
  const first = await startDuet()
  const alma = await (await Visitor.arrive(browser, first.url)).join("Alma")
  const jonas = await (await Visitor.arrive(browser, first.url)).join("Jonas")
  const ids = [alma.id, jonas.id]
  await alma.open("Jonas")
  await jonas.open("Alma")
  await alma.say("before the crash")
  await jonas.sees("Alma", "before the crash")
  await first.kill()
  await alma.page.getByText("Reconnecting…").waitFor()
  await alma.say("written while away")
  await alma.talkWith("Jonas").getByRole("img", { name: "Waiting to be sent" }).waitFor()
  const second = await startDuet({ PORT: String(first.port) })
  for (const visitor of [alma, jonas]) {
    await visitor.page.getByText("The server restarted.").waitFor()
    expect(await visitor.page.getByText("before the crash", { exact: true }).count()).toBe(1)
  }
  expect([alma.id, jonas.id]).toEqual(ids)
  await jonas.say("after the crash")
  await alma.sees("Jonas", "after the crash")
  await alma.page.reload()
  expect(alma.id).toBe(ids[0] ?? "")
  expect([...alma.unexplained, ...jonas.unexplained]).toEqual([])
  await Promise.all([alma.close(), jonas.close()])
  await second.stop()
})
