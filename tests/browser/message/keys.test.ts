import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage()

/** The name of what has the focus, as a screen reader would say it. */
async function focused({ page }: Visitor): Promise<string> {
  return await page.evaluate<string>("document.activeElement.ariaLabel ?? ''")
}

async function press({ page }: Visitor, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

test("all messages are one stop of the Tab key; up, down, Home and End go between them, Escape back", async () => {
  const [alma, jonas] = await scene.talking()
  for (const words of ["first", "second https://example.org", "third"]) await alma.say(words)
  await jonas.sees("Alma", "third")
  await jonas.words.press("ArrowUp")
  expect(await focused(jonas)).toStartWith("Alma: third, ")
  expect(await jonas.page.locator(".talk .scroller [tabindex='0']").count()).toBe(1)
  await press(jonas, "Home")
  expect(await focused(jonas)).toStartWith("Alma: first, ")
  await press(jonas, "ArrowDown")
  expect(await focused(jonas)).toStartWith("Alma: second https://example.org, ")
  await press(jonas, "Tab")
  expect(await jonas.page.evaluate<string>("document.activeElement.href")).toBe("https://example.org/")
  await press(jonas, "Escape")
  expect(await focused(jonas)).toStartWith("Alma: second")
  await press(jonas, "End")
  expect(await focused(jonas)).toStartWith("Alma: third")
  await press(jonas, "Escape")
  expect(await focused(jonas)).toBe("Message")
  await jonas.words.press("ArrowUp")
  await press(jonas, "ArrowDown")
  expect(await focused(jonas)).toBe("Message")
})

test("a message that has the focus says who, what, when and how far, once, and no other is named", async () => {
  const [alma, jonas] = await scene.talking()
  await alma.say("hello")
  await jonas.sees("Alma", "hello")
  await alma.ticks("hello", "Seen")
  await alma.words.press("ArrowUp")
  expect(await focused(alma)).toMatch(/^You: hello, \d\d:\d\d, Seen$/u)
  await press(alma, "Escape")
  expect(await alma.page.locator(".message[aria-label]").count()).toBe(0)
})

test("a message taller than its window is scrolled by the arrows to its end, and then left", async () => {
  const [alma, jonas] = await scene.talking()
  await alma.say("short")
  await alma.say(`tall\n${"a line\n".repeat(60)}end`)
  await jonas.page.getByRole("button", { name: "Show all", exact: true }).click()
  await jonas.words.press("ArrowUp")
  await jonas.page.locator(".scroller").evaluate((box) => box.scrollTo({ top: 0 }))
  await press(jonas, "ArrowUp")
  expect(await focused(jonas)).toStartWith("Alma: tall")
  await jonas.page.locator(".scroller").evaluate((box) => box.scrollTo({ top: -box.scrollHeight }))
  await press(jonas, "ArrowUp")
  expect(await focused(jonas)).toStartWith("Alma: short")
})

test("up in a composer with words in it is the caret's", async () => {
  const [alma] = await scene.talking()
  await alma.say("hello")
  await alma.sees("Jonas", "hello")
  await alma.words.fill("words")
  await alma.words.press("ArrowUp")
  expect(await focused(alma)).toBe("Message")
})

test("the focus stays on a message when the server's form of it takes its place", async () => {
  const alma = await scene.arrive()
  const held = Promise.withResolvers<void>()
  await alma.page.routeWebSocket(/\/socket/u, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((frame) => {
      if (String(frame).includes("slow to come")) void held.promise.then(() => socket.send(frame))
      else socket.send(frame)
    })
  })
  await alma.join("Alma")
  await alma.openEcho()
  await alma.say("slow to come")
  await alma.words.press("ArrowUp")
  expect(await focused(alma)).toEndWith("Waiting to be sent")
  held.resolve()
  await alma.page.locator(".own[id]").waitFor()
  await press(alma, "Home")
  await eventually(
    async () => /^You: slow to come, .*(Sent|Delivered|Seen)$/u.test(await focused(alma)),
    "it has",
  )
})

test("letters act on the message: R replies, C copies, Enter reacts", async () => {
  const [alma, jonas] = await scene.talking()
  await jonas.profile.context.grantPermissions(["clipboard-read", "clipboard-write"])
  await alma.say("first")
  await alma.say("second")
  await jonas.sees("Alma", "second")
  await jonas.words.press("ArrowUp")
  await press(jonas, "ArrowUp", "c")
  await jonas.page.getByText("Copied.", { exact: true }).waitFor()
  expect(await jonas.page.evaluate("navigator.clipboard.readText()")).toBe("first")
  await press(jonas, "Enter")
  await jonas.menu.getByRole("button", { name: "React with 👍", exact: true }).waitFor()
  await press(jonas, "ArrowDown", "ArrowDown")
  expect(await jonas.page.evaluate<string>("document.activeElement.dataset.act")).toBe("copy")
  await press(jonas, "ArrowUp", "ArrowUp", "ArrowRight", "Enter")
  await alma.line("first").getByRole("button", { name: "❤️ from them", exact: true }).waitFor()
  expect(await focused(jonas)).toStartWith("Alma: first")
  await press(jonas, "r")
  await jonas.page.getByText("Reply to Alma", { exact: true }).waitFor()
  expect(await focused(jonas)).toBe("Message")
})

test("the keys that stand beside the choices of the menu choose them", async () => {
  const [alma, jonas] = await scene.talking()
  await jonas.profile.context.grantPermissions(["clipboard-read", "clipboard-write"])
  await jonas.say("mine")
  await alma.say("hers")
  await jonas.sees("Alma", "hers")
  await jonas.words.press("ArrowUp")
  await press(jonas, "Enter", "Delete")
  expect(await jonas.menu.getByText("cannot be brought back").isVisible()).toBe(false)
  await press(jonas, "c")
  await jonas.page.getByText("Copied.", { exact: true }).waitFor()
  expect(await jonas.page.evaluate("navigator.clipboard.readText()")).toBe("hers")
  await jonas.menu.waitFor({ state: "hidden" })
  await press(jonas, "ArrowUp", "Enter", "Backspace")
  await jonas.menu.getByText("cannot be brought back").waitFor()
  await press(jonas, "r", "Escape")
  await jonas.menu.waitFor({ state: "hidden" })
  await press(jonas, "Enter", "R")
  await jonas.page.getByText("Reply to yourself", { exact: true }).waitFor()
  expect(await jonas.words.inputValue()).toBe("")
  expect(await focused(jonas)).toBe("Message")
})

test("Delete asks before it unsends, for one's own words alone", async () => {
  const [alma, jonas] = await scene.talking()
  await alma.say("hers")
  await jonas.sees("Alma", "hers")
  await jonas.say("a slip")
  await alma.sees("Jonas", "a slip")
  await jonas.words.press("ArrowUp")
  await press(jonas, "ArrowUp", "Delete")
  expect(await jonas.menu.count()).toBe(0)
  await press(jonas, "ArrowDown", "Delete")
  await jonas.menu.getByText("cannot be brought back").waitFor()
  await press(jonas, "Escape")
  await jonas.menu.waitFor({ state: "hidden" })
  expect(await focused(jonas)).toStartWith("You: a slip")
  await press(jonas, "Backspace", "Enter")
  await alma.line("Message unsent").waitFor()
  await jonas.line("Message unsent").waitFor()
  await press(jonas, "Enter")
  expect(await jonas.menu.count()).toBe(0)
})
