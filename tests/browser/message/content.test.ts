import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage()

const PROGRAM = "Try this:\n```sh\nbun start   # and done\n```\nthen `bun test`"

async function clipboard(visitor: Visitor): Promise<unknown> {
  return await visitor.page.evaluate("navigator.clipboard.readText()")
}

test("code stands in a block with a button that copies it; copying the message gives it as it was written", async () => {
  const [alma, jonas] = await scene.talking()
  await jonas.profile.context.grantPermissions(["clipboard-read", "clipboard-write"])
  await alma.say(PROGRAM)
  const line = jonas.talkWith("Alma").locator("[id^=m-]")
  await line.locator("pre code").waitFor()
  expect(await line.locator("pre code").textContent()).toBe("bun start   # and done")
  expect(await line.locator(".words > code").textContent()).toBe("bun test")
  await line.getByRole("button", { name: "Copy code", exact: true }).click()
  await jonas.page.getByText("Copied.", { exact: true }).waitFor()
  expect(await clipboard(jonas)).toBe("bun start   # and done")
  await line.hover()
  await line.getByRole("button", { name: "Message actions", exact: true }).click()
  await jonas.page.getByRole("button", { name: "Copy", exact: true }).click()
  await eventually(
    async () => (await clipboard(jonas)) === PROGRAM,
    "the message is copied as it was written",
  )
})

test("what no page can show has a sign, and is copied as it was written", async () => {
  const [alma, jonas] = await scene.talking()
  await jonas.profile.context.grantPermissions(["clipboard-read", "clipboard-write"])
  const words = "zero \0\0, bell \x07, end"
  await alma.page.evaluate(
    `document.querySelector(".composer textarea").value = ${JSON.stringify(words)};
    document.querySelector(".composer textarea").dispatchEvent(new InputEvent("input", { bubbles: true }))`,
  )
  await alma.page.getByRole("button", { name: "Send", exact: true }).click()
  const line = jonas.talkWith("Alma").locator("[id^=m-]")
  await line.waitFor()
  const signs =
    "[...document.querySelectorAll('.sign')].map((each) => getComputedStyle(each, '::before').content)"
  expect(await jonas.page.evaluate(signs)).toEqual(['"NUL NUL"', '"BEL"'])
  await line.hover()
  await line.getByRole("button", { name: "Message actions", exact: true }).click()
  await jonas.page.getByRole("button", { name: "Copy", exact: true }).click()
  await eventually(async () => (await clipboard(jonas)) === words, "the message is copied as it was written")
})

test("a message of which nothing can be seen says so, before its echo too, where it is quoted and to who hears it", async () => {
  const [alma, jonas] = await scene.talking()
  const shown = (visitor: Visitor) =>
    visitor.page.evaluate("getComputedStyle(document.querySelector('.message .words'), '::before').content")
  await alma.page.context().setOffline(true)
  await alma.say("\u3164\u200b")
  expect(await shown(alma)).toBe('"Invisible text"')
  await alma.page.context().setOffline(false)
  const line = jonas.talkWith("Alma").locator("[id^=m-]")
  await line.waitFor()
  expect(await shown(jonas)).toBe('"Invisible text"')
  expect(await line.locator(".words").textContent()).toBe("\u3164\u200b")
  await line.focus()
  expect(await line.getAttribute("aria-label")).toStartWith("Alma: Invisible text")
  await jonas.page.keyboard.press("r")
  await jonas.page.locator(".quoted").getByText("Invisible text", { exact: true }).waitFor()
  alma.complaints.length = 0
})

test("nothing around an address turns what is read of it", async () => {
  const [alma, jonas] = await scene.talking()
  await alma.say("\u202Ehttps://example.com/about\u202Egpj.exe")
  const link = jonas.talkWith("Alma").getByRole("link")
  await link.waitFor()
  // Each letter stands to the right of the one before it.
  const isRead = await jonas.page.evaluate(`{
    const text = document.querySelector(".words a").firstChild
    const at = Array.from(text.data, (_, i) => {
      const range = new Range()
      range.setStart(text, i)
      range.setEnd(text, i + 1)
      return range.getBoundingClientRect().left
    })
    at.every((left, i) => i === 0 || left > at[i - 1])
  }`)
  expect(isRead).toBe(true)
})

test("one to three emoji alone are large, before the echo too; with words beside them they are not", async () => {
  const [alma, jonas] = await scene.talking()
  const size = async (visitor: Visitor, words: string) =>
    (await visitor.line(words).locator(".words").boundingBox())?.height ?? 0
  await alma.say("👩‍👩‍👧🎉")
  await alma.say("🎉 at last")
  await jonas.sees("Alma", "🎉 at last")
  for (const visitor of [alma, jonas]) {
    expect(await size(visitor, "👩‍👩‍👧🎉")).toBeGreaterThan(45)
    expect(await size(visitor, "🎉 at last")).toBeLessThan(30)
  }
  await alma.page.context().setOffline(true)
  await alma.say("❤️")
  expect(await size(alma, "❤️")).toBeGreaterThan(45)
})

test("a very long message is folded; it opens where its reader is, and closes again", async () => {
  const [alma, jonas] = await scene.talking()
  const long = Array.from({ length: 60 }, (_, i) => `line ${i + 1}`).join("\n")
  for (let i = 0; i < 12; i++) await alma.say(`before ${i}`)
  await jonas.page.emulateMedia({ reducedMotion: "reduce" })
  await alma.say(long)
  const line = jonas.talkWith("Alma").locator("[id^=m-]").filter({ hasText: "line 60" })
  const height = async () => (await line.locator(".words").boundingBox())?.height ?? 0
  const top = async () => Math.round((await line.boundingBox())?.y ?? 0)
  await line.getByRole("button", { name: "Show all", expanded: false }).waitFor()
  expect(await height()).toBeLessThan(350)
  const before = await top()
  await line.getByRole("button", { name: "Show all" }).click()
  await line.getByRole("button", { name: "Show less", expanded: true }).waitFor()
  expect(await height()).toBeGreaterThan(1000)
  expect(await top()).toBe(before)
  await line.getByRole("button", { name: "Show less" }).click()
  await line.getByRole("button", { name: "Show all" }).waitFor()
  expect(await height()).toBeLessThan(350)
})

test("whatever scrolls to something in a folded message unfolds it, as a search and the Tab key do", async () => {
  const [alma, jonas] = await scene.talking()
  await alma.say(`${"word\n".repeat(40)}https://example.org/needle`)
  const line = jonas.talkWith("Alma").locator("[id^=m-]")
  await line.getByRole("button", { name: "Show all" }).waitFor()
  await line.getByRole("link").focus()
  await line.getByRole("button", { name: "Show less" }).waitFor()
})
