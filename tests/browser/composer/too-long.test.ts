import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import type { Visitor } from "../visitor.ts"

const scene = stage({ CONTENT_LIMIT: "50" })
const field = `document.querySelector("#conversation textarea")`

const count = (visitor: Visitor) => visitor.page.locator(".remaining")
const refusal = (visitor: Visitor) => visitor.page.locator(".composer").getByRole("alert")

/** As the browser does it: through its clipboard. */
async function paste(visitor: Visitor, words: string): Promise<void> {
  await visitor.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(words)})`)
  await visitor.words.press("Control+v")
}

async function atEcho(): Promise<Visitor> {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.page.context().grantPermissions(["clipboard-read", "clipboard-write"])
  await alma.openEcho()
  return alma
}

test("near the limit the characters that are left are counted, and what is said of them changes rarely", async () => {
  const alma = await atEcho()
  const said = alma.page.locator(".composer").getByRole("status")
  await alma.words.fill("🎉".repeat(44))
  expect(await count(alma).textContent()).toBe("")
  await alma.words.press("x")
  await count(alma).getByText("5", { exact: true }).waitFor()
  await said.getByText("Fewer than 6 characters left.").waitFor({ state: "attached" })
  await alma.words.press("x")
  await count(alma).getByText("4", { exact: true }).waitFor()
  expect(await said.textContent()).toBe("Fewer than 6 characters left.")
  await alma.words.pressSequentially("12345")
  await count(alma).getByText("−1", { exact: true }).waitFor()
  await said.getByText("Too long.").waitFor({ state: "attached" })
  expect(await refusal(alma).isVisible()).toBe(false)
  await alma.words.press("Enter")
  await refusal(alma).getByText("Too long by 1 character. Shorten it or send it in parts.").waitFor()
  await alma.words.press("Backspace")
  await refusal(alma).waitFor({ state: "hidden" })
  await alma.words.press("Enter")
  await alma.sees("Echo", `${"🎉".repeat(44)}xx1234`)
})

test("an over-long paste says at once by how much, and nothing of it is lost", async () => {
  const alma = await atEcho()
  await alma.words.fill("before ")
  await paste(alma, "many words ".repeat(150))
  await refusal(alma).getByText("Too long by 1,607 characters. Shorten it or send it in parts.").waitFor()
  expect(await alma.words.inputValue()).toBe(`before ${"many words ".repeat(150)}`)
  await alma.page.reload()
  expect(await alma.words.inputValue()).toBe(`before ${"many words ".repeat(150)}`)
  await count(alma).getByText("−1,607", { exact: true }).waitFor()
})

test("the box grows to a limit and then scrolls, and the newest line stays in sight", async () => {
  const alma = await atEcho()
  await alma.say("the newest")
  await alma.sees("Echo", "the newest")
  const words = () => alma.words.boundingBox().then((box) => box?.height ?? 0)
  await alma.words.fill("line\n".repeat(8))
  const tall = await words()
  expect(tall).toBeGreaterThan(190)
  await alma.words.fill("line\n".repeat(60))
  expect(await words()).toBeLessThanOrEqual(220)
  expect(await alma.page.evaluate(`${field}.scrollHeight > ${field}.clientHeight`)).toBe(true)
  const last = await alma.page.locator(".message").last().boundingBox()
  const footer = await alma.page.locator(".talk-footer").boundingBox()
  expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(footer?.y ?? 0)
})

for (const kind of ["drop", "paste"]) {
  test(`a file that comes by ${kind} stays with its owner, with a word about it, and so does the page`, async () => {
    const alma = await atEcho()
    await alma.words.fill("half a thought")
    const address = alma.page.url()
    const taken = await alma.page.evaluate(`(() => {
      const goods = new DataTransfer()
      goods.items.add(new File(["x"], "cat.png", { type: "image/png" }))
      const about = { bubbles: true, cancelable: true, dataTransfer: goods, clipboardData: goods }
      const event = new ${kind === "drop" ? "DragEvent" : "ClipboardEvent"}("${kind}", about)
      return ${field}.dispatchEvent(event)
    })()`)
    expect(taken).toBe(false)
    await alma.page.getByText("Duet carries words alone: files and pictures stay with you.").waitFor()
    expect(alma.page.url()).toBe(address)
    expect(await alma.words.inputValue()).toBe("half a thought")
  })
}
