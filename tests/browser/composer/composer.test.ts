import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import { alpine } from "../visitor.ts"

const scene = stage({ CONTENT_LIMIT: "50" })

test("Enter sends, Shift+Enter breaks the line, and the box grows and shrinks with its words", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.openEcho()
  const height = async () => (await alma.words.boundingBox())?.height ?? 0
  const single = await height()
  await alma.words.pressSequentially("one")
  await alma.words.press("Shift+Enter")
  await alma.words.pressSequentially("two")
  expect(await height()).toBeGreaterThan(single)
  await alma.words.press("Enter")
  await alma.sees("Echo", "one\ntwo")
  expect(await alma.words.inputValue()).toBe("")
  expect(await height()).toBe(single)
})

test("letters go to where one writes from wherever the focus was left, and Send with nothing leaves it there", async () => {
  const [alma] = await scene.talking("Hello")
  await alma.page.locator(".scroller").click({ position: { x: 5, y: 5 } })
  await alma.page.keyboard.type("one")
  expect(await alma.words.inputValue()).toBe("one")
  await alma.page.getByRole("button", { name: "Send", exact: true }).dblclick()
  await alma.sees("Jonas", "one")
  await alma.page.keyboard.type("two")
  expect(await alma.words.inputValue()).toBe("two")
  await alma.line("Hello").focus()
  await alma.page.keyboard.press("x")
  expect(await alma.words.inputValue()).toBe("two")
  await alma.page.getByRole("button", { name: "Find in this conversation", exact: true }).focus()
  await alma.page.keyboard.type("?")
  await alma.page.getByRole("dialog", { name: "Keyboard shortcuts", exact: true }).waitFor()
  await alma.page.keyboard.press("x")
  expect(await alma.words.inputValue()).toBe("two")
})

test("what is too long is refused with a word and stays to be shortened; characters count, not code units", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.openEcho()
  await alma.say("🎉".repeat(53))
  await alma.page.getByText("Too long by 3 characters.").waitFor()
  expect(await alma.words.inputValue()).toBe("🎉".repeat(53))
  await alma.say("🎉".repeat(50))
  await alma.sees("Echo", "🎉".repeat(50))
})

test("what is written and sent before the scripts have come is sent when they have", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.openEcho()
  const { release } = await alma.holdBack(alpine)
  await alma.page.reload({ waitUntil: "commit" })
  await alma.say("early bird")
  expect(await alma.words.inputValue()).toBe("early bird")
  release()
  await alma.sees("Echo", "early bird")
  expect(await alma.words.inputValue()).toBe("")
})

test("on a phone the list and the conversation are two places, and Back returns", async () => {
  const alma = await (await scene.arrive({ width: 360, height: 740 })).join("Alma")
  const leave = alma.page.getByRole("button", { name: "Leave", exact: true })
  await leave.waitFor()
  await alma.openEcho()
  expect(await alma.people.isVisible()).toBe(false)
  await alma.page.getByRole("link", { name: "Back to the list" }).click()
  await alma.people.waitFor()
  expect(await alma.talkWith("Echo").count()).toBe(0)
  await alma.page.goBack()
  await alma.talkWith("Echo").waitFor()
  await alma.page.goBack()
  await leave.waitFor()
  const overflow = await alma.page.evaluate("document.documentElement.scrollWidth - innerWidth")
  expect(overflow).toBe(0)
})
