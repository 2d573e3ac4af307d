import { afterAll, beforeAll, expect, test } from "bun:test"
import type { Locator } from "playwright-core"
import { V1Client } from "../../support/v1-client.ts"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage({ CONNECT_RATE: "0", CONNECTIONS_PER_IP: "0" })
const guests: V1Client[] = []

beforeAll(async () => {
  guests.push(
    ...(await Promise.all(Array.from({ length: 120 }, (_, i) => V1Client.join(scene.url, `Guest ${i}`)))),
  )
})

afterAll(() => {
  for (const guest of guests) guest.close()
})

function field({ page }: Visitor): Locator {
  return page.getByRole("searchbox", { name: "Find a person", exact: true })
}

function found({ page }: Visitor): Locator {
  return page.getByRole("list", { name: /^(People found|Everybody online)$/u })
}

function names(visitor: Visitor): Promise<string[]> {
  return found(visitor).locator(".name").allTextContents()
}

test("somebody is found by a part of their name, those one talks with first, and opened", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const [finch, tall] = [
    await V1Client.join(scene.url, "Swift Finch"),
    await V1Client.join(scene.url, "The fin"),
  ]
  tall.send({ type: "chat_message", receiver_id: alma.id, content: "ahoy" })
  await alma.row("The fin").waitFor()
  await field(alma).fill("FIN")
  await found(alma).getByRole("link", { name: "Swift Finch", exact: true }).waitFor()
  expect(await names(alma)).toEqual(["The fin", "Swift Finch"])
  expect(await alma.page.getByRole("status").filter({ hasText: "2 found" }).count()).toBe(1)
  await alma.people.waitFor({ state: "hidden" })
  await found(alma).getByRole("link", { name: "Swift Finch", exact: true }).click()
  await alma.talkWith("Swift Finch").waitFor()
  await alma.people.waitFor()
  expect(await field(alma).inputValue()).toBe("")
  for (const client of [finch, tall]) client.send({ type: "leave" })
})

test("the companion, whom no list names, is found by name: on a phone among many too", async () => {
  const alma = await (await scene.arrive({ width: 360, height: 740, touch: true })).join("Alma")
  await field(alma).fill("echo")
  await found(alma).getByRole("link", { name: "Echo", exact: true }).waitFor()
  await alma.page.getByRole("status").filter({ hasText: "1 found" }).waitFor({ state: "attached" })
  await found(alma).getByRole("link", { name: "Echo", exact: true }).click()
  await alma.say("hello")
  await alma.sees("Echo", "hello")
  await alma.page.getByRole("link", { name: "Back to the list", exact: true }).click()
  await field(alma).fill("echo")
  await found(alma).getByText("hello").waitFor()
  expect(await names(alma)).toEqual(["Echo"])
})

test("somebody one talked with is found when they have left too", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const robot = await V1Client.join(scene.url, "Robot")
  robot.send({ type: "chat_message", receiver_id: alma.id, content: "bye" })
  await alma.row("Robot").waitFor()
  robot.send({ type: "leave" })
  await alma.person("Robot").waitFor({ state: "detached" })
  await field(alma).fill("robot")
  await found(alma).getByRole("link").first().click()
  await alma.sees("Robot", "bye")
})

test("pages of 50 follow one another as the end comes into sight, each person once", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await field(alma).fill("guest")
  await alma.page.getByRole("status").filter({ hasText: "120 found" }).waitFor()
  const rows = found(alma).locator(".row")
  await eventually(async () => {
    await rows.last().scrollIntoViewIfNeeded()
    return (await rows.count()) === 120
  }, "all pages are there")
  expect(new Set(await names(alma)).size).toBe(120)
  expect(await found(alma).getByRole("button", { name: "Show more", exact: true }).count()).toBe(0)
})

test("the list names those who came last, says how many more there are, and shows them", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const last = await V1Client.join(scene.url, "The very last")
  await alma.person("The very last").waitFor()
  expect(await alma.people.getByRole("listitem").count()).toBeLessThanOrEqual(50)
  const total = Number(await alma.page.locator("#people-total").textContent())
  expect(total).toBeGreaterThanOrEqual(121)
  await alma.page.getByRole("link", { name: /^and \d+ more$/u }).click()
  await alma.page
    .getByRole("status")
    .filter({ hasText: `${total} others online` })
    .waitFor()
  expect(await names(alma)).not.toContain("Alma")
  last.send({ type: "leave" })
})

test("by keys alone: Ctrl+K, letters, Enter opens the first; Escape lets go, and leads back to what was written", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const robot = await V1Client.join(scene.url, "Robot")
  await alma.person("Robot").waitFor()
  await alma.page.keyboard.press("Control+k")
  await alma.page.keyboard.type("robot")
  const row = found(alma).getByRole("link", { name: "Robot", exact: true })
  const isHighlighted = () =>
    row.evaluate((row) => row.computedStyleMap().get("background-color")?.toString() !== "rgba(0, 0, 0, 0)")
  await row.waitFor()
  await eventually(isHighlighted, "whom Enter would open is highlighted")
  await alma.page.keyboard.press("Enter")
  await alma.talkWith("Robot").waitFor()
  await alma.words.fill("well")
  await alma.page.keyboard.press("Control+k")
  await alma.page.keyboard.type("guest")
  await found(alma).waitFor()
  await alma.page.keyboard.press("Escape")
  await alma.people.waitFor()
  expect(await isFocused(field(alma))).toBe(true)
  await alma.page.keyboard.press("Escape")
  expect(await isFocused(alma.words)).toBe(true)
  robot.send({ type: "leave" })
})

test("arrows lead from the field through what was found and back, and past the end of a page", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await field(alma).fill("guest")
  await found(alma).waitFor()
  await field(alma).press("ArrowDown")
  const rows = found(alma).getByRole("link")
  expect(await isFocused(rows.first())).toBe(true)
  await alma.page.keyboard.press("ArrowUp")
  expect(await isFocused(field(alma))).toBe(true)
  await alma.page.keyboard.press("ArrowDown")
  await eventually(async () => {
    await alma.page.keyboard.press("End")
    return (await rows.count()) === 120 && (await isFocused(rows.nth(119)))
  }, "the last one has the focus")
})

test("where nobody is found the page says what to do; whoever was looked for shows up when they join", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await field(alma).fill("zaphod")
  await alma.page.getByText("Nobody here is called “zaphod”").waitFor()
  const zaphod = await V1Client.join(scene.url, "Zaphod")
  await found(alma).getByRole("link", { name: "Zaphod", exact: true }).waitFor()
  await alma.page.getByRole("button", { name: "Clear", exact: true }).click()
  await alma.person("Zaphod").waitFor()
  zaphod.send({ type: "leave" })
})

test("an answer that comes late does not replace a newer one", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const { asked, release } = await alma.holdBack(/people\?q=guest\+1$|people\?q=guest%201$/u)
  await field(alma).fill("guest 1")
  await asked
  await field(alma).fill("guest 77")
  await alma.page
    .getByRole("status")
    .filter({ hasText: /^1 found$/u })
    .waitFor()
  release()
  await field(alma).fill("guest 78")
  await found(alma).getByRole("link", { name: "Guest 78", exact: true }).waitFor()
  expect(await names(alma)).toEqual(["Guest 78"])
})

test("on a phone, Ctrl+K in a conversation leads to the list first", async () => {
  const alma = await (await scene.arrive({ width: 360, height: 740 })).join("Alma")
  await alma.open("Guest 119")
  await alma.page.locator(".composer[data-alive]").waitFor()
  await alma.page.keyboard.press("Control+k")
  await eventually(() => isFocused(field(alma)), "the field has the focus")
  await alma.people.waitFor()
})

test("without scripts, the form asks for a page that shows whom it found", async () => {
  const alma = await (await scene.arrive({ javaScript: false })).join("Alma")
  await field(alma).fill("guest 77")
  await field(alma).press("Enter")
  await found(alma).getByRole("link", { name: "Guest 77", exact: true }).click()
  await alma.talkWith("Guest 77").waitFor()
})

function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === element.ownerDocument.activeElement)
}
