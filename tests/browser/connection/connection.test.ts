import { expect, test } from "bun:test"
import { startDuet } from "../../support/duet.ts"
import { stage } from "../stage.ts"
import { eventually, Visitor } from "../visitor.ts"

const scene = stage()

const bar = (visitor: Visitor) => visitor.page.locator(".connection p")

/** Until the bar's script is here: without a network it could no longer come. */
async function barIsAlive(visitor: Visitor): Promise<void> {
  await visitor.page.locator(".connection[data-tone]").waitFor({ state: "attached" })
}

test("a short gap in the connection shows nothing", async () => {
  const alma = await scene.arrive()
  await alma.page.clock.install()
  await alma.join("Alma")
  await alma.openEcho()
  await barIsAlive(alma)
  const shown = await recordBar(alma)
  // However long the test takes over it, for the page the gap lasts 4 s.
  await alma.page.clock.pauseAt(Date.now() + 60_000)
  await alma.profile.context.setOffline(true)
  await alma.say("in the gap")
  await alma.ticks("in the gap", "Waiting to be sent")
  await alma.page.clock.runFor(4000)
  await alma.profile.context.setOffline(false)
  await alma.page.clock.runFor(100)
  await alma.page.clock.resume()
  await alma.sees("Echo", "in the gap")
  expect(await shown()).toEqual([])
  expect(alma.unexplained).toEqual([])
  alma.complaints.length = 0
})

test("a longer gap shows a bar that counts down to the next attempt; try now tries now, and nothing has moved", async () => {
  const first = await startDuet()
  const alma = await (await Visitor.arrive(scene.browser, first.url)).join("Alma")
  await alma.openEcho()
  await barIsAlive(alma)
  const place = await alma.words.boundingBox()
  await first.kill()
  const countdown = bar(alma).getByText(/^Reconnecting in \d s$/u)
  await countdown.waitFor()
  expect(await alma.words.boundingBox()).toEqual(place)
  expect(await alma.page.getByRole("status").filter({ hasText: "Reconnecting" }).ariaSnapshot()).not.toMatch(
    /\d s/u,
  )
  await alma.say("written while cut off")
  await alma.ticks("written while cut off", "Waiting to be sent")
  const tried = alma.page.waitForEvent("websocket")
  await alma.page.getByRole("button", { name: "Try now", exact: true }).click()
  await tried
  const second = await startDuet({ PORT: String(first.port) })
  await alma.page.getByRole("button", { name: "Try now", exact: true }).press("Enter")
  await alma.sees("Echo", "written while cut off")
  await alma.words.and(alma.page.locator(":focus")).waitFor()
  expect(alma.unexplained).toEqual([])
  await alma.close()
  await second.stop()
})

test("who was told of a gap is told when it is over, and what the gap made untrue goes with it", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await barIsAlive(alma)
  await alma.profile.context.setOffline(true)
  await bar(alma).getByText("You are offline. What you write waits here.").waitFor()
  await alma.page.getByRole("link", { name: "Talk to Echo", exact: true }).click()
  await alma.page.getByText("That could not be opened.").waitFor()
  const shown = await recordBar(alma)
  await alma.profile.context.setOffline(false)
  await eventually(async () => (await shown()).includes("Back."), "the bar says that the connection is back")
  expect(await alma.page.getByText("That could not be opened.").count()).toBe(0)
  await bar(alma).waitFor({ state: "hidden" })
  expect(alma.unexplained).toEqual([])
  alma.complaints.length = 0
})

test("a browser that says wrongly that there is no network is not believed for longer than until the server is heard (C55)", async () => {
  const alma = await scene.arrive()
  await alma.page.clock.install()
  await alma.page.addInitScript("Object.defineProperty(navigator, 'onLine', { get: () => false })")
  await alma.join("Alma")
  await alma.openEcho()
  await barIsAlive(alma)
  const shown = await recordBar(alma)
  await alma.page.clock.pauseAt(Date.now() + 60_000)
  const answered = alma.page.evaluate(`new Promise((resolve) => {
    document.getElementById("duet").addEventListener("htmx:ws:before:message:incoming", ({ detail }) => {
      if (detail.message.data.includes("pong")) resolve()
    })
    dispatchEvent(new Event("offline"))
  })`)
  // Nobody says anything meanwhile.
  await answered
  await alma.page.clock.runFor(10_000)
  expect(await shown()).toEqual([])
})

test("what a gap made untrue goes when the gap is over, also when the socket lived through it", async () => {
  const alma = await scene.arrive()
  await alma.page.clock.install()
  await alma.join("Alma")
  await barIsAlive(alma)
  // Nothing goes by itself meanwhile.
  await alma.page.clock.pauseAt(Date.now() + 60_000)
  await alma.page.route("**/*", (route) => route.abort("internetdisconnected"))
  await alma.page.getByRole("link", { name: "Talk to Echo", exact: true }).click()
  const untrue = alma.page.getByText("That could not be opened.")
  await untrue.waitFor()
  await alma.page.evaluate("dispatchEvent(new Event('offline'))")
  await untrue.waitFor({ state: "detached" })
  alma.complaints.length = 0
})

test("once a browser was wrong about its network, a real gap is not called offline", async () => {
  const first = await startDuet()
  const alma = await Visitor.arrive(scene.browser, first.url)
  await alma.page.addInitScript("Object.defineProperty(navigator, 'onLine', { get: () => false })")
  await alma.join("Alma")
  await alma.openEcho()
  await barIsAlive(alma)
  await alma.page.evaluate("dispatchEvent(new Event('offline'))")
  await alma.say("still here")
  await alma.sees("Echo", "still here")
  await first.kill()
  await bar(alma)
    .getByText(/^Reconnecting/u)
    .waitFor()
  await alma.close().catch(() => {})
})

test("a tab of somebody who left in another can be read and no longer used, and offers to start again", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.openEcho()
  await alma.say("to be read")
  await alma.sees("Echo", "to be read")
  const old = await alma.anotherTab()
  await old.page.goto(alma.page.url())
  await old.sees("Echo", "to be read")
  await alma.leave()
  await bar(old).getByText("You left, here or in another tab.").waitFor()
  expect(await old.line("to be read").isVisible()).toBe(true)
  expect(await old.page.locator(".composer textarea").isDisabled()).toBe(true)
  expect(await old.page.locator(".lists").evaluate((lists: { inert?: boolean }) => lists.inert)).toBe(true)
  await old.page.getByRole("link", { name: "Start again", exact: true }).click()
  await old.page.getByRole("button", { name: "Join chat", exact: true }).waitFor()
})

test("a page that is over stays as it is: going back asks for nothing, and what was on its way cannot be used", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await (await scene.arrive()).join("Jonas")
  const old = await alma.anotherTab()
  await old.page.goto(alma.page.url())
  await old.openEcho()
  await old.say("to be read")
  await old.sees("Echo", "to be read")
  await old.open("Jonas")
  const fetched = Promise.withResolvers<void>()
  const left = Promise.withResolvers<void>()
  await old.page.route(/\/ec400000-/u, async (route) => {
    const response = await route.fetch()
    fetched.resolve()
    await left.promise
    await route.fulfill({ response })
  })
  await old.row("Echo").click()
  await fetched.promise
  await alma.leave()
  await bar(old).getByText("You left, here or in another tab.").waitFor()
  left.resolve()
  await old.sees("Echo", "to be read")
  expect(await old.words.isDisabled()).toBe(true)
  await old.line("to be read").focus()
  await old.page.keyboard.press("Enter")
  expect(await old.menu.isVisible()).toBe(false)
  const later: string[] = []
  old.page.on("request", (request) => later.push(request.url()))
  await old.page.goBack()
  await old.page.evaluate("fetch('/health/live')")
  expect(later.filter((url) => url.includes("/u/"))).toEqual([])
  expect(await old.talkWith("Echo").isVisible()).toBe(true)
})

/** All that the bar shows from now on, be it for a moment. */
async function recordBar({ page }: Visitor): Promise<() => Promise<string[]>> {
  await page.evaluate(`
    window.shown = []
    new MutationObserver(() => {
      const bar = document.querySelector(".connection p")
      if (bar.checkVisibility()) window.shown.push(bar.querySelector("[x-text=words]").textContent)
    }).observe(document.querySelector(".connection"), { subtree: true, childList: true, attributes: true, characterData: true })`)
  return () => page.evaluate("window.shown")
}
