import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import type { Visitor } from "../visitor.ts"

const scene = stage()

/** To Alma, Dora has written last, before her Cleo, and Ben first. */
async function writtenTo(): Promise<Visitor> {
  const alma = await (await scene.arrive()).join("Alma")
  for (const name of ["Ben", "Cleo", "Dora"]) {
    const other = await (await scene.arrive()).join(name)
    await other.open("Alma")
    await other.say(`I am ${name}`)
    await alma.row(name).waitFor()
  }
  expect(await alma.conversations.locator(".name").allInnerTexts()).toEqual(["Dora", "Cleo", "Ben"])
  return alma
}

test("a question mark shows the keys, not where one writes; Escape hides them and the focus is where it was", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.openEcho()
  const keys = alma.page.getByRole("dialog", { name: "Keyboard shortcuts", exact: true })
  await alma.words.press("?")
  expect(await alma.words.inputValue()).toBe("?")
  expect(await keys.isVisible()).toBe(false)
  await alma.page.locator(".find-open").focus()
  await alma.page.keyboard.press("?")
  await keys.waitFor()
  await alma.page.keyboard.press("Escape")
  await keys.waitFor({ state: "hidden" })
  await alma.page.locator(".find-open:focus").waitFor()
})

test("the menu of a conversation leads to the keys, and the focus comes back to the menu", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.openEcho()
  await alma.page.locator(".peer-menu > button").click()
  await alma.page.locator(".peer-menu [data-keys]").click()
  const keys = alma.page.getByRole("dialog", { name: "Keyboard shortcuts", exact: true })
  await keys.getByRole("button", { name: "Close", exact: true }).click()
  await keys.waitFor({ state: "hidden" })
  await alma.page.locator(".peer-menu > button:focus").waitFor()
})

test("Alt and an arrow move between conversations, from the composer too; with Shift to what is unread", async () => {
  const alma = await writtenTo()
  await alma.page.keyboard.press("Alt+ArrowDown")
  await alma.talkWith("Dora").waitFor()
  await alma.words.press("Alt+ArrowDown")
  await alma.talkWith("Cleo").waitFor()
  await alma.words.press("Alt+ArrowUp")
  await alma.talkWith("Dora").waitFor()
  await alma.row("Cleo").locator(".unread").waitFor({ state: "detached" })
  await alma.words.press("Alt+Shift+ArrowDown")
  await alma.talkWith("Ben").waitFor()
})

test("Alt and an arrow go as many steps as there were presses, however late a conversation comes", async () => {
  const alma = await writtenTo()
  const { asked, release } = await alma.holdBack(`**/${await alma.row("Dora").getAttribute("href")}`)
  await alma.page.keyboard.press("Alt+ArrowDown")
  await asked
  await alma.page.keyboard.press("Alt+ArrowDown")
  await alma.talkWith("Cleo").waitFor()
  release()
  await alma.page.keyboard.press("Alt+ArrowDown")
  await alma.talkWith("Ben").waitFor()
  for (let i = 0; i < 2; i++) await alma.page.keyboard.press("Alt+ArrowUp")
  await alma.talkWith("Dora").waitFor()
  await alma.row("Ben").click()
  await alma.talkWith("Ben").waitFor()
  await alma.page.keyboard.press("Alt+ArrowUp")
  await alma.talkWith("Cleo").waitFor()
})

test("Alt and an arrow do nothing while something is open over the page", async () => {
  const alma = await writtenTo()
  const asked: string[] = []
  await alma.open("Dora")
  await alma.line("I am Dora").waitFor()
  alma.page.on("request", (request) => asked.push(request.url()))
  const over = {
    "the keys": [".find-open", "?", "#shortcuts"],
    "the menu of a message": [".message", "Enter", "#message-menu"],
    "the emoji": [".add-emoji", "Enter", "#emoji-picker"],
    "the reader's menu": [".me-menu > button", "Enter", ".me-menu > .panel"],
    "the conversation's menu": [".peer-menu > button", "Enter", ".peer-menu > .panel"],
  }
  for (const [what, [opener = "", key = "", opened = ""]] of Object.entries(over)) {
    await alma.page.locator(opener).focus()
    await alma.page.keyboard.press(key)
    await alma.page.locator(opened).waitFor()
    await alma.page.keyboard.press("Alt+ArrowDown")
    await alma.page.evaluate("fetch('/health/live')")
    expect([what, await alma.talkWith("Dora").count()]).toEqual([what, 1])
    await alma.page.keyboard.press("Escape")
    await alma.page.locator(opened).waitFor({ state: "hidden" })
  }
  expect(asked.filter((url) => /\/u\/[^/]+\/[^/]+$/u.test(url))).toEqual([])
})

test("on a phone Back returns to the list, and the focus goes along", async () => {
  const ben = await (await scene.arrive()).join("Ben")
  const alma = await (await scene.arrive({ width: 360, height: 740, touch: true })).join("Alma")
  const list = alma.page.url()
  await alma.person("Ben").tap()
  await alma.talkWith("Ben").waitFor()
  expect(new URL(alma.page.url()).pathname).toEndWith(`/${ben.id}`)
  await alma.page.locator(".peer:focus").waitFor()
  await alma.say("hello")
  await alma.sees("Ben", "hello")
  const row = alma.page.locator(`#conversations .row[href="${ben.id}"]`)
  await row.waitFor({ state: "attached" })
  await alma.page.goBack()
  await alma.talkWith("Ben").waitFor({ state: "detached" })
  expect(alma.page.url()).toBe(list)
  await alma.page.locator(`#conversations .row[href="${ben.id}"]:focus`).waitFor()
  await alma.page.getByRole("button", { name: "Leave", exact: true }).waitFor()
})
