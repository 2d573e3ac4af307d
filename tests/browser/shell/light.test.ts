import { expect, test } from "bun:test"
import { V1Client } from "../../support/v1-client.ts"
import { openDoorAlone, slowDown, watchShifts, watchTraffic, weigh } from "../first-view.ts"
import { stage } from "../stage.ts"

const scene = stage()

/** Bytes over the wire, all in all. */
const doorLimit = 20_000
const weightLimit = 80_000

test("the door is transferred in less than 20 KB, and nothing in it moves", async () => {
  const visitor = await scene.arrive()
  const weight = await weigh(visitor.page)
  const shifts = await watchShifts(visitor.page)
  await openDoorAlone(visitor.page, scene.url)
  expect(weight()).toBeGreaterThan(5_000)
  expect(weight()).toBeLessThan(doorLimit)
  expect(await shifts()).toBe(0)
})

for (const [width, height] of [
  [1440, 900],
  [360, 740],
] as const)
  test(`the chat behind the door is transferred in less than 80 KB, and nothing in it moves, at ${width} by ${height}`, async () => {
    const visitor = await scene.arrive({ width, height })
    await openDoorAlone(visitor.page, scene.url)
    const weight = await weigh(visitor.page)
    const shifts = await watchShifts(visitor.page)
    await visitor.page.getByRole("textbox", { name: "Your name", exact: true }).fill("Anna")
    await visitor.page.getByRole("button", { name: "Join chat", exact: true }).click()
    await visitor.people.waitFor({ state: "attached" })
    await visitor.page.waitForLoadState("networkidle")
    expect(weight()).toBeGreaterThan(40_000)
    expect(weight()).toBeLessThan(weightLimit)
    expect(await shifts()).toBe(0)
  })

test("from the join to the first delivered message a stranger's browser makes at most 20 requests and receives at most 75 KB, and a reload makes at most 4", async () => {
  const jonas = await V1Client.join(scene.url, "Jonas")
  const anna = await scene.arrive()
  const traffic = await watchTraffic(anna.page)
  await openDoorAlone(anna.page, scene.url)
  await anna.page.getByRole("textbox", { name: "Your name", exact: true }).fill("Anna")
  traffic.clear()
  await anna.page.getByRole("button", { name: "Join chat", exact: true }).click()
  await anna.turnTo("Jonas")
  await anna.say("Hello!")
  await jonas.until(() => jonas.contents.length > 0)
  jonas.send({ type: "ack", seq: jonas.session.seq + 1 })
  const { requests, bytes } = await traffic.delivered
  expect(requests.filter((url) => url.endsWith("/join"))).toHaveLength(1)
  expect(requests.filter((url) => url.startsWith("ws:"))).toHaveLength(1)
  expect(requests.length).toBeLessThanOrEqual(20)
  expect(new Set(requests).size).toBe(requests.length)
  expect(bytes).toBeGreaterThan(40_000)
  expect(bytes).toBeLessThanOrEqual(75_000)
  await anna.alive()
  await anna.ran("sidebar/row-notes.js")
  traffic.clear()
  await anna.page.reload()
  await anna.alive()
  await traffic.socketOpen
  expect(traffic.requests.length).toBeGreaterThan(1)
  expect(traffic.requests.length).toBeLessThanOrEqual(4)
  jonas.close()
})

test("the door fetches ahead what the chat needs: then the chat is four requests for less than 10 KB", async () => {
  const anna = await scene.arrive()
  const traffic = await watchTraffic(anna.page)
  await anna.page.goto(scene.url, { waitUntil: "networkidle" })
  expect(traffic.bytes).toBeLessThan(weightLimit)
  await anna.page.getByRole("textbox", { name: "Your name", exact: true }).fill("Anna")
  traffic.clear()
  await anna.page.getByRole("button", { name: "Join chat", exact: true }).click()
  await anna.page.getByRole("link", { name: "Talk to Echo", exact: true }).click()
  await anna.talkWith("Echo").waitFor()
  await traffic.socketOpen
  expect(traffic.requests).toHaveLength(4)
  expect(traffic.bytes).toBeLessThan(10_000)
})

test("over a slow line the name field has the focus and takes what is typed", async () => {
  const visitor = await scene.arrive()
  await slowDown(visitor.page)
  await visitor.page.goto(scene.url)
  const name = visitor.page.getByRole("textbox", { name: "Your name", exact: true })
  await name.and(visitor.page.locator(":focus")).waitFor()
  await visitor.page.keyboard.type("Anna")
  expect(await name.inputValue()).toBe("Anna")
})
