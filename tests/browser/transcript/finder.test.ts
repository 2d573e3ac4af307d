import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import type { Visitor } from "../visitor.ts"

const scene = stage()
const said = ["The café by the river", "not this", "CAFE again, cafe!"]

function tally(visitor: Visitor, words: string) {
  return visitor.page.locator(".find-words output").getByText(words, { exact: true })
}

/** The words marked as the one that is shown. */
const markedHere = "[...CSS.highlights.get('match-here')].map((range) => range.toString()).join()"

test("words are found whatever their case and accents, from the newest up, and new lines join", async () => {
  const [alma, jonas] = await scene.talking(...said)
  await jonas.page.getByRole("button", { name: "Find in this conversation", exact: true }).click()
  await jonas.page.getByRole("searchbox", { name: "Words to find", exact: true }).fill("café")
  await tally(jonas, "1 of 3").waitFor()
  expect(await jonas.page.evaluate(markedHere)).toBe("cafe")
  await jonas.page.keyboard.press("Enter")
  await tally(jonas, "2 of 3").waitFor()
  expect(await jonas.page.evaluate(markedHere)).toBe("CAFE")
  await jonas.page.keyboard.press("Enter")
  await tally(jonas, "3 of 3").waitFor()
  expect(await jonas.page.evaluate(markedHere)).toBe("café")
  await jonas.page.keyboard.press("Shift+Enter")
  await tally(jonas, "2 of 3").waitFor()
  await alma.say("one more cafe")
  await tally(jonas, "3 of 4").waitFor()
  expect(await jonas.page.evaluate(markedHere)).toBe("CAFE")
  await jonas.page.getByRole("button", { name: "Later", exact: true }).click()
  await tally(jonas, "2 of 4").waitFor()
})

test("Escape ends it, with no mark left, and gives the focus back", async () => {
  const [, jonas] = await scene.talking(...said)
  await jonas.words.press("ArrowUp")
  await jonas.page.keyboard.press("/")
  await jonas.page.getByRole("searchbox", { name: "Words to find", exact: true }).fill("nowhere")
  await tally(jonas, "Nothing found").waitFor()
  await jonas.page.keyboard.press("Escape")
  await jonas.page.locator(".message:focus").waitFor()
  expect(await jonas.page.evaluate("CSS.highlights.size")).toBe(0)
  expect(await jonas.page.locator(".find-words").isVisible()).toBe(false)
})

test("ended before what finds has come, it ends when that comes, and the focus stays where the reader went", async () => {
  const [, jonas] = await scene.talking(...said)
  const { release } = await jonas.holdBack(/transcript\/finder\.js/u)
  await jonas.page.locator(".find-open").press("Enter")
  await jonas.page.locator(".find-words input:focus").press("Escape")
  await jonas.words.focus()
  release()
  await jonas.page.locator(".find-words").waitFor({ state: "hidden" })
  await jonas.page.locator(".composer textarea:focus").waitFor()
})

test("what is found far up, in a folded message, is unfolded and comes into sight", async () => {
  const [alma, jonas] = await scene.talking(...said)
  await alma.say(`${"line\n".repeat(80)}needle`)
  for (let i = 0; i < 30; i++) await alma.say(`later ${i}`)
  await jonas.sees("Alma", "later 29")
  await jonas.page.getByRole("button", { name: "Find in this conversation", exact: true }).click()
  await jonas.page.getByRole("searchbox", { name: "Words to find", exact: true }).fill("needle")
  await tally(jonas, "1 of 1").waitFor()
  await jonas.page.locator(".fold[aria-expanded='true']").waitFor()
  await jonas.page.waitForFunction(`(() => {
    const [range] = CSS.highlights.get("match-here")
    const at = range.getBoundingClientRect()
    const box = document.querySelector(".scroller").getBoundingClientRect()
    return at.top >= box.top && at.bottom <= box.bottom
  })()`)
})

test("it goes on in a conversation that is fetched again, and ends when another is opened", async () => {
  const [, jonas] = await scene.talking(...said)
  const words = jonas.page.getByRole("searchbox", { name: "Words to find", exact: true })
  await jonas.page.locator(".find-open").press("Enter")
  await words.fill("cafe")
  await jonas.page.keyboard.press("Enter")
  await tally(jonas, "2 of 3").waitFor()
  await jonas.page.evaluate(
    "htmx.ajax('GET', location.pathname, { target: '#conversation', swap: 'innerHTML' })",
  )
  await tally(jonas, "2 of 3").waitFor()
  expect(await jonas.page.evaluate(markedHere)).toBe("CAFE")
  await jonas.page.keyboard.type(" ag")
  await tally(jonas, "1 of 1").waitFor()
  expect(await words.inputValue()).toBe("cafe ag")
  const ben = await (await scene.arrive()).join("Ben")
  await ben.open("Jonas")
  await ben.say("a café too")
  await jonas.row("Ben").click()
  await jonas.sees("Ben", "a café too")
  expect(await words.isVisible()).toBe(false)
  await jonas.row("Alma").click()
  await jonas.sees("Alma", "not this")
  expect(await words.isVisible()).toBe(false)
  expect(await jonas.page.evaluate("CSS.highlights.size")).toBe(0)
})
