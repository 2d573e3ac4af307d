import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import { alpine, eventually, type Visitor } from "../visitor.ts"

const scene = stage()

const enterSends = (visitor: Visitor, sends: boolean) =>
  visitor.page.evaluate(`localStorage.setItem("duet:settings", JSON.stringify({ enterSends: ${sends} }))`)
const hint = (visitor: Visitor) => visitor.words.getAttribute("enterkeyhint")

test("on a screen that is pressed Enter breaks the line, its key says so, and the button sends", async () => {
  const alma = await (await scene.arrive({ width: 360, height: 740, touch: true })).join("Alma")
  await alma.openEcho()
  await alma.words.tap()
  expect(await hint(alma)).toBe("enter")
  await alma.page.keyboard.type("one")
  await alma.page.keyboard.press("Enter")
  await alma.page.keyboard.type("two")
  expect(await alma.words.inputValue()).toBe("one\ntwo")
  await alma.page.getByRole("button", { name: "Send", exact: true }).tap()
  await alma.sees("Echo", "one\ntwo")
})

test("who chose so breaks the line with Enter, and sends with Ctrl+Enter or the button", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.openEcho()
  await alma.words.focus()
  expect(await hint(alma)).toBe("send")
  await enterSends(alma, false)
  await alma.words.pressSequentially("one")
  await alma.words.press("Enter")
  await alma.words.pressSequentially("two")
  await alma.words.press("Control+Enter")
  await alma.sees("Echo", "one\ntwo")
  await enterSends(alma, true)
  await alma.words.fill("three")
  await alma.words.press("Shift+Enter")
  expect(await alma.words.inputValue()).toBe("three\n")
  await alma.words.press("Meta+Enter")
  await alma.sees("Echo", "three\n")
})

test("Enter means the same before the scripts have come", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.openEcho()
  const { release } = await alma.holdBack(alpine)
  await enterSends(alma, false)
  await alma.page.reload({ waitUntil: "commit" })
  await alma.words.pressSequentially("one")
  await alma.words.press("Enter")
  await alma.words.pressSequentially("two")
  expect(await alma.words.inputValue()).toBe("one\ntwo")
  await alma.words.press("Control+Enter")
  release()
  await alma.sees("Echo", "one\ntwo")
})

test("an input method's composition sends nothing, nor does the Enter that ends it", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.openEcho()
  await alma.words.focus()
  const keyboard = await alma.page.context().newCDPSession(alma.page)
  const press = (keyCode: number) =>
    keyboard.send("Input.dispatchKeyEvent", {
      type: "rawKeyDown",
      key: "Enter",
      windowsVirtualKeyCode: keyCode,
    })
  await keyboard.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 })
  await press(13)
  await keyboard.send("Input.insertText", { text: "日本" })
  // Safari's: after the composition's end, and known by its code alone.
  await press(229)
  expect(await alma.words.inputValue()).toBe("日本")
  expect(await alma.lines("Echo")).toEqual([])
  await alma.words.press("Enter")
  await alma.sees("Echo", "日本")
})

test("nothing but white space is answered by a small word, which goes with the next key", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.openEcho()
  await alma.words.fill(" \n ")
  await alma.words.press("Enter")
  const word = alma.page.getByRole("status").getByText("Nothing to send yet.", { exact: true })
  const shown = alma.page.locator(".hint")
  await shown.getByText("Nothing to send yet.").waitFor()
  await word.waitFor({ state: "attached" })
  await alma.words.press("ArrowLeft")
  await shown.waitFor({ state: "hidden" })
  await eventually(async () => (await word.count()) === 0, "the word is gone")
  expect(await alma.words.inputValue()).toBe(" \n ")
  expect(await alma.lines("Echo")).toEqual([])
})
