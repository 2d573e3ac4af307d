import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import type { Visitor } from "../visitor.ts"

const scene = stage()

/** Presses a key as Safari tells of the one that ends a composition: after its end, and known by its code alone. */
async function pressAfter(visitor: Visitor, ...keys: string[]): Promise<void> {
  const keyboard = await visitor.page.context().newCDPSession(visitor.page)
  for (const key of keys)
    await keyboard.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key, windowsVirtualKeyCode: 229 })
  await keyboard.detach()
}

/** Writes by an input method, which is given Enter and Escape while it composes. */
async function compose(visitor: Visitor, words: string): Promise<void> {
  const keyboard = await visitor.page.context().newCDPSession(visitor.page)
  const at = words.length
  await keyboard.send("Input.imeSetComposition", { text: words, selectionStart: at, selectionEnd: at })
  for (const [key, code] of [
    ["Enter", 13],
    ["Escape", 27],
  ] as const)
    await keyboard.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key, windowsVirtualKeyCode: code })
  await keyboard.send("Input.insertText", { text: words })
  await keyboard.detach()
  await pressAfter(visitor, "Enter", "Escape")
}

test("an input method keeps its Enter and Escape where a message is written and answers another (C56)", async () => {
  const [alma] = await scene.talking("first")
  await alma.words.press("ArrowUp")
  await alma.page.keyboard.press("r")
  await alma.page.getByText("Reply to yourself", { exact: true }).waitFor()
  await compose(alma, "日本")
  expect(await alma.words.inputValue()).toBe("日本")
  expect(await alma.lines("Jonas")).toEqual(["first"])
  expect(await alma.page.getByText("Reply to yourself", { exact: true }).isVisible()).toBe(true)
  await alma.words.press("Escape")
  await alma.page.getByText("Reply to yourself", { exact: true }).waitFor({ state: "hidden" })
})

test("an input method keeps its Enter and Escape where words are found in a conversation (C56)", async () => {
  const [alma] = await scene.talking("日本 one", "日本 two")
  await alma.page.getByRole("button", { name: "Find in this conversation", exact: true }).click()
  const tally = alma.page.locator(".find-words output")
  await compose(alma, "日本")
  await tally.getByText("1 of 2", { exact: true }).waitFor()
  await pressAfter(alma, "Enter", "Escape")
  expect(await alma.page.locator(".find-words").isVisible()).toBe(true)
  await alma.page.keyboard.press("Enter")
  await tally.getByText("2 of 2", { exact: true }).waitFor()
  await alma.page.keyboard.press("Escape")
  await alma.page.locator(".find-words").waitFor({ state: "hidden" })
})

test("an input method keeps its Enter and Escape where a person is looked for (C56)", async () => {
  const [alma] = await scene.talking()
  await (await scene.arrive()).join("日本")
  await alma.person("日本").waitFor()
  const field = alma.page.getByRole("searchbox", { name: "Find a person", exact: true })
  await field.focus()
  await compose(alma, "日本")
  await alma.page.locator("#found .row").waitFor()
  await pressAfter(alma, "Enter", "Escape")
  expect(await field.inputValue()).toBe("日本")
  expect(await alma.talkWith("Jonas").isVisible()).toBe(true)
  await field.press("Escape")
  expect(await field.inputValue()).toBe("")
})

test("an input method keeps its Enter and Escape where an emoji is looked for (C56)", async () => {
  const [alma] = await scene.talking()
  await alma.page.getByRole("button", { name: "Add an emoji", exact: true }).click()
  const picker = alma.page.getByRole("dialog", { name: "Emoji", exact: true })
  await picker.waitFor()
  await picker.getByRole("searchbox", { name: "Search emoji", exact: true }).focus()
  await compose(alma, "party")
  await picker.getByRole("button", { name: "party popper", exact: true }).waitFor()
  await pressAfter(alma, "Enter", "Escape")
  expect(await picker.isVisible()).toBe(true)
  expect(await alma.words.inputValue()).toBe("")
  await alma.page.keyboard.press("Enter")
  await picker.waitFor({ state: "hidden" })
})

test("an input method keeps its Enter and Escape where another name is written (C56)", async () => {
  const [alma] = await scene.talking()
  await alma.page.locator(".me-menu > button").click()
  const field = alma.page.getByRole("textbox", { name: "Your name", exact: true })
  await field.fill("")
  await compose(alma, "日本")
  expect(await field.inputValue()).toBe("日本")
  expect(await field.isVisible()).toBe(true)
  await field.press("Escape")
  await field.waitFor({ state: "hidden" })
})
