import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import type { Browser } from "playwright-core"
import { launchChromium } from "../../support/chromium.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { Visitor } from "../visitor.ts"

setDefaultTimeout(120_000)

/** Seconds without a network; fewer by OFFLINE_SECONDS while one works on it. */
const seconds = Number(Bun.env.OFFLINE_SECONDS ?? 30)

let browser: Browser
let duet: RunningDuet
beforeAll(async () => {
  ;[duet, browser] = await Promise.all([startDuet(), launchChromium()])
})
afterAll(async () => {
  await browser?.close()
  await duet?.stop()
})

test(`after ${seconds} s without a network, in which both wrote, both have the same in the same order`, async () => {
  const alma = await (await Visitor.arrive(browser, duet.url)).join("Alma")
  const jonas = await (await Visitor.arrive(browser, duet.url)).join("Jonas")
  await alma.open("Jonas")
  await jonas.open("Alma")
  await alma.say("before")
  await jonas.sees("Alma", "before")
  await alma.profile.context.setOffline(true)
  await alma.page.getByText("You are offline. What you write waits here.").waitFor()
  const end = Date.now() + seconds * 1000
  const waiting: string[] = []
  for (let i = 0; Date.now() < end; i++) {
    await alma.say(`from the tunnel ${i}`)
    await jonas.say(`into the tunnel ${i}`)
    await jonas.sees("Alma", `into the tunnel ${i}`)
    waiting.push(`from the tunnel ${i}`)
    await Bun.sleep((seconds * 1000) / 8)
  }
  for (const words of waiting) await alma.ticks(words, "Waiting to be sent")
  await alma.profile.context.setOffline(false)
  const last = `from the tunnel ${waiting.length - 1}`
  await alma.sees("Jonas", last)
  await jonas.sees("Alma", last)
  expect(await alma.lines("Jonas")).toEqual(await jonas.lines("Alma"))
  expect((await jonas.lines("Alma")).filter((words) => words.startsWith("from"))).toEqual(waiting)
  expect(await jonas.lines("Alma")).toHaveLength(1 + 2 * waiting.length)
  await alma.ticks(last, "Seen")
  expect([...alma.unexplained, ...jonas.unexplained]).toEqual([])
  await Promise.all([alma.close(), jonas.close()])
})
