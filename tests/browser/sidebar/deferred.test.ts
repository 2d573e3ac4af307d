import { expect, test } from "bun:test"
import type { Locator } from "playwright-core"
import type { V1Client } from "../../support/v1-client.ts"
import { robots } from "../robots.ts"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage()

const arrive = robots(scene)

/** Ada, Ben and Cem are listed: when Ada leaves, the rows below hers move. `heard` counts lists without her. */
async function crowded(): Promise<{ alma: Visitor; ada: V1Client; heard(): number }> {
  const alma = await scene.arrive()
  let heard = 0
  alma.page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      if (String(payload).startsWith('{"event":"people"') && !String(payload).includes("Ada")) heard++
    })
  })
  await alma.join("Alma")
  const [ada] = [await arrive("Ada"), await arrive("Ben"), await arrive("Cem")]
  await alma.person("Cem").waitFor()
  heard = 0
  return { alma, ada, heard: () => heard }
}

/** The same crowd, before whom time stands still. */
async function aimed(): ReturnType<typeof crowded> {
  const crowd = await crowded()
  const { page } = crowd.alma
  await crowd.alma.person("Ben").hover()
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 60_000)
  return crowd
}

/** Until the page has the list without her, whether or not it shows it. */
async function adaLeaves({ alma, ada, heard }: Awaited<ReturnType<typeof crowded>>): Promise<void> {
  ada.send({ type: "leave" })
  await eventually(() => heard() > 0, "the list without Ada has arrived")
  await alma.page.evaluate("fetch('/health/live')")
}

for (const aim of ["a mouse moves over it", "the focus moves in it"]) {
  test(`while ${aim} no row of a list moves; when it rests, the list is as it should be`, async () => {
    const crowd = await aimed()
    const { alma } = crowd
    if (aim.startsWith("a mouse")) await alma.person("Cem").hover()
    else await alma.person("Ben").focus()
    await adaLeaves(crowd)
    expect(await alma.person("Ada").count()).toBe(1)
    await alma.page.clock.runFor(1300)
    await alma.person("Ada").waitFor({ state: "detached" })
  })
}

for (const [then, passes] of [
  ["when it is lifted, the list is as it should be", 1100],
  ["if it stays for too long, they move all the same", 1300],
] as const) {
  test(`while a finger is on it no row of a list moves, however still it is; ${then}`, async () => {
    const crowd = await aimed()
    const { alma } = crowd
    const ben = alma.person("Ben")
    const touch = await finger(ben)
    await ben.dispatchEvent("touchstart", touch)
    await adaLeaves(crowd)
    await alma.page.clock.runFor(1300)
    expect(await alma.person("Ada").count()).toBe(1)
    if (then.startsWith("when")) await ben.dispatchEvent("touchend", { ...touch, touches: [] })
    await alma.page.clock.runFor(passes)
    await alma.person("Ada").waitFor({ state: "detached" })
  })
}

test("who joins below all others appears at once under a moving mouse too", async () => {
  const { alma } = await crowded()
  await alma.person("Ben").hover()
  await alma.page.clock.install()
  await alma.page.clock.pauseAt(Date.now() + 60_000)
  await alma.person("Cem").hover()
  await arrive("Dora")
  await alma.person("Dora").waitFor()
})

test("a row that has the focus keeps it while rows above it go and come", async () => {
  const { alma, ada } = await crowded()
  await alma.person("Ben").focus()
  ada.send({ type: "leave" })
  await alma.person("Ada").waitFor({ state: "detached" })
  expect(await alma.page.evaluate("document.activeElement.querySelector('.name')?.textContent")).toBe("Ben")
})

test("arrows go from row to row, and up from the first to the field", async () => {
  const { alma } = await crowded()
  await alma.person("Ben").focus()
  await eventually(async () => {
    await alma.page.keyboard.press("ArrowDown")
    return (await alma.page.evaluate("document.activeElement.querySelector('.name')?.textContent")) === "Cem"
  }, "the next row has the focus")
  await alma.page.keyboard.press("Home")
  await alma.page.keyboard.press("ArrowUp")
  expect(await alma.page.evaluate("document.activeElement.id")).toBe("find")
})

/** What a finger on this would be. */
async function finger(on: Locator): Promise<Record<string, unknown>> {
  const touch = await on.evaluateHandle((target) =>
    Reflect.construct(Reflect.get(globalThis, "Touch"), [{ identifier: 1, target }]),
  )
  return { bubbles: true, touches: [touch], changedTouches: [touch], targetTouches: [touch] }
}
