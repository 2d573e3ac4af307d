import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import type { Browser } from "playwright-core"
import { launchChromium } from "../../support/chromium.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { TcpRelay } from "../../support/tcp-relay.ts"
import { Visitor } from "../visitor.ts"

setDefaultTimeout(120_000)

let browser: Browser
let duet: RunningDuet
let relay: TcpRelay
beforeAll(async () => {
  ;[duet, browser] = await Promise.all([startDuet({ LEAVE_GRACE: "0" }), launchChromium()])
  relay = await TcpRelay.start(duet.port)
})
afterAll(async () => {
  await browser?.close()
  relay?.stop()
  await duet?.stop()
})

test("after a time without a network, in which one was offline for the other and both wrote, both have the same in the same order", async () => {
  const alma = await (await Visitor.arrive(browser, relay.url)).join("Alma")
  const jonas = await (await Visitor.arrive(browser, duet.url)).join("Jonas")
  await alma.open("Jonas")
  await jonas.open("Alma")
  await alma.say("before")
  await jonas.sees("Alma", "before")
  await alma.profile.context.setOffline(true)
  await alma.page.getByText("You are offline. What you write waits here.").waitFor()
  relay.cutAll("rst")
  await jonas.page.locator(".peer").getByText("offline").waitFor()
  const waiting: string[] = []
  for (let i = 0; i < 8; i++) {
    await alma.say(`from the tunnel ${i}`)
    await jonas.say(`into the tunnel ${i}`)
    await jonas.sees("Alma", `into the tunnel ${i}`)
    waiting.push(`from the tunnel ${i}`)
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
