import { expect, test } from "bun:test"
import type { Locator } from "playwright-core"
import { V1Client } from "../../support/v1-client.ts"
import { stage } from "../stage.ts"
import { alpine, eventually, type Visitor } from "../visitor.ts"

const scene = stage()

function field({ page }: Visitor): Locator {
  return page.getByRole("searchbox", { name: "Find a person", exact: true })
}

function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === element.ownerDocument.activeElement)
}

/** Until the conversation is drawn anew this one is known. */
async function mark({ page }: Visitor): Promise<void> {
  await page.locator(".talk").evaluate((talk) => talk.setAttribute("data-old", ""))
}

/** As the page does when some of what it should show is no longer known to it. */
async function fetchAgain(visitor: Visitor): Promise<void> {
  const { page } = visitor
  await mark(visitor)
  await page.evaluate("htmx.ajax('GET', location.pathname, { target: '#conversation', swap: 'innerHTML' })")
  await page.locator(".talk:not([data-old]) .composer[data-alive]").waitFor()
}

test("a reader who opens a conversation writes at once: from its row, and from the field that finds a person", async () => {
  const [alma] = await scene.talking()
  await eventually(() => isFocused(alma.words), "the words have the focus")
  await mark(alma)
  await alma.page.evaluate("window.isSamePage = true")
  await alma.page.keyboard.press("Control+k")
  await alma.page.keyboard.type("jonas")
  await alma.page.keyboard.press("Enter")
  await alma.page.locator(".talk:not([data-old])").waitFor()
  await eventually(() => isFocused(alma.words), "the words have the focus")
  expect(await alma.page.evaluate("window.isSamePage")).toBe(true)
})

test("a composer that comes alive late leaves the focus where the reader is", async () => {
  const [alma] = await scene.talking()
  const { release } = await alma.holdBack(alpine)
  await alma.page.reload({ waitUntil: "commit" })
  await field(alma).focus()
  await alma.page.keyboard.type("jo")
  release()
  await alma.page.locator(".composer[data-alive]").waitFor()
  await alma.page.keyboard.type("nas")
  await alma.page.locator("#found").getByRole("link", { name: "Jonas", exact: true }).waitFor()
  expect(await field(alma).inputValue()).toBe("jonas")
})

test("what was sent before the composer was alive goes, and the focus stays where the reader went", async () => {
  const [alma, jonas] = await scene.talking()
  const { release } = await alma.holdBack(alpine)
  await alma.page.reload({ waitUntil: "commit" })
  await alma.say("early")
  await field(alma).focus()
  release()
  await jonas.sees("Alma", "early")
  expect(await isFocused(field(alma))).toBe(true)
})

test("a conversation that is fetched again leaves the focus where the reader is, or with what they write", async () => {
  const [, jonas] = await scene.talking("hello", "again")
  await field(jonas).focus()
  await fetchAgain(jonas)
  expect(await isFocused(field(jonas))).toBe(true)
  await jonas.words.focus()
  await fetchAgain(jonas)
  await eventually(() => isFocused(jonas.words), "the words have the focus")
  await jonas.words.press("ArrowUp")
  await jonas.page.keyboard.press("ArrowUp")
  await fetchAgain(jonas)
  expect(await isFocused(jonas.line("hello"))).toBe(true)
})

test("a conversation that comes late leaves the focus where the reader went meanwhile", async () => {
  const [alma] = await scene.talking()
  const robot = await V1Client.join(scene.url, "Robot")
  const { release } = await alma.holdBack(`**/${robot.id}`)
  await alma.person("Robot").click()
  await field(alma).focus()
  release()
  await alma.talkWith("Robot").waitFor()
  await alma.page.locator(".composer[data-alive]").waitFor()
  expect(await isFocused(field(alma))).toBe(true)
  robot.send({ type: "leave" })
})
