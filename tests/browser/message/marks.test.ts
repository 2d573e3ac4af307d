import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import { eventually } from "../visitor.ts"

const scene = stage()

test("a reply shows what it answers on both sides and after a reload, and a press leads there", async () => {
  const [alma, jonas] = await scene.talking()
  await alma.say("Where do we meet?")
  await alma.say("And when?")
  await jonas.sees("Alma", "And when?")
  await jonas.act("Where do we meet?", "Reply")
  await jonas.page.getByText("Reply to Alma", { exact: true }).waitFor()
  await jonas.say("By the river")
  await alma.sees("Jonas", "By the river")
  for (const visitor of [alma, jonas])
    expect(await visitor.line("By the river").locator(".quote").textContent()).toBe("Where do we meet?")
  await jonas.page.getByText("Reply to Alma", { exact: true }).waitFor({ state: "hidden" })
  await alma.page.reload()
  await eventually(
    async () => (await alma.line("By the river").locator(".quote").textContent()) === "Where do we meet?",
    "the quote is there after the reload",
  )
  await alma.line("By the river").locator(".quote").click()
  await alma.page.locator(".message.found", { hasText: "Where do we meet?" }).waitFor()
})

test("Escape lets a reply go, and the words that were begun stay", async () => {
  const [alma, jonas] = await scene.talking()
  await alma.say("hello")
  await jonas.sees("Alma", "hello")
  await jonas.words.fill("well")
  await jonas.act("hello", "Reply")
  await jonas.words.press("Escape")
  await jonas.page.getByText("Reply to Alma", { exact: true }).waitFor({ state: "hidden" })
  await jonas.words.press("Enter")
  await alma.sees("Jonas", "well")
  expect(await alma.line("well").locator(".quote").count()).toBe(0)
})

test("a reaction is on both sides, once again takes it back, and the other can join in", async () => {
  const [alma, jonas] = await scene.talking()
  await alma.say("I got the tickets")
  await jonas.sees("Alma", "I got the tickets")
  await jonas.act("I got the tickets", "React with 🎉")
  const onAlmas = alma.line("I got the tickets")
  await onAlmas.getByRole("button", { name: "🎉 from them", exact: true }).click()
  await onAlmas.getByRole("button", { name: "🎉 from you both", exact: true }).waitFor()
  await alma.page.reload()
  await onAlmas.getByRole("button", { name: "🎉 from you both", exact: true }).waitFor()
  await jonas.act("I got the tickets", "React with 🎉")
  await onAlmas.getByRole("button", { name: "🎉 from you", exact: true }).click()
  await onAlmas.locator(".reaction").waitFor({ state: "detached" })
  await jonas.line("I got the tickets").locator(".reaction").waitFor({ state: "detached" })
})

test("what is unsent is gone on both sides, in the list, in quotes of it, and after a reload", async () => {
  const [alma, jonas] = await scene.talking()
  await alma.say("a secret")
  await jonas.sees("Alma", "a secret")
  await jonas.act("a secret", "Reply")
  await jonas.say("what?")
  await alma.sees("Jonas", "what?")
  await alma.act("a secret", "Unsend")
  await alma.menu.getByRole("button", { name: "Unsend for both", exact: true }).click()
  for (const visitor of [alma, jonas]) {
    await visitor.line("Message unsent").waitFor()
    await eventually(
      async () => !(await visitor.page.locator("main").textContent())?.includes("a secret"),
      "nothing of it is left",
    )
    await visitor.page.reload()
    await visitor.line("Message unsent").waitFor()
  }
  expect(await jonas.page.locator("main").textContent()).not.toContain("a secret")
  expect(await alma.line("Message unsent").getByRole("button").count()).toBe(0)
})

test("only one's own words can be unsent, and anybody's copied", async () => {
  const [alma, jonas] = await scene.talking()
  await alma.profile.context.grantPermissions(["clipboard-read", "clipboard-write"])
  await jonas.say("two  spaces\nand a line")
  await alma.sees("Jonas", "two spaces and a line")
  await alma.line("two  spaces\nand a line").hover()
  await alma.page.getByRole("button", { name: "Message actions", exact: true }).click()
  await alma.page.getByRole("button", { name: "Reply", exact: true }).waitFor()
  expect(await alma.page.getByRole("button", { name: "Unsend", exact: true }).count()).toBe(0)
  await alma.page.getByRole("button", { name: "Copy", exact: true }).click()
  await alma.page.getByText("Copied.", { exact: true }).waitFor()
  expect(await alma.page.evaluate("navigator.clipboard.readText()")).toBe("two  spaces\nand a line")
})
