import { expect, test } from "bun:test"
import type { Page } from "playwright-core"
import { stage } from "../stage.ts"

const scene = stage({ DEV_VIEWS: "1" })

const menu = (page: Page) => page.locator(".me-menu > button")

/** Controls that can be seen, and show no ring when the focus comes to them by the keyboard. */
async function ringless(page: Page): Promise<string[]> {
  await page.keyboard.press("Tab")
  return await page.evaluate<string[]>(`(() => {
    const hasRing = (element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
    }
    return [...document.querySelectorAll("a[href], button, input, textarea, [tabindex='0']")]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.getBoundingClientRect().width > 1)
      .filter((each) => {
        each.focus()
        const shown = [each, each.matches("[type=radio]") && each.nextElementSibling, each.querySelector(".bubble")].filter(Boolean)
        return document.activeElement === each && !shown.some(hasRing)
      })
      .map((each) => each.outerHTML.slice(0, 80))
  })()`)
}

/** The width of the line round each of `selectors`, as in "1px"; of all four sides where they differ. */
async function lines(page: Page, ...selectors: string[]): Promise<string[]> {
  return await page.evaluate<string[]>(`${JSON.stringify(selectors)}.map((selector) => {
    const { borderStyle, borderWidth } = getComputedStyle(document.querySelector(selector))
    return borderStyle === "none" ? "0px" : borderWidth
  })`)
}

test("in forced colours every control shows where the focus is", async () => {
  const alma = await scene.arrive()
  await alma.page.emulateMedia({ forcedColors: "active" })
  await alma.page.goto(scene.url)
  expect(await ringless(alma.page)).toEqual([])
  await alma.join("Alma")
  await alma.openEcho()
  await alma.say("Hello")
  await alma.sees("Echo", "Hello")
  await alma.page.getByRole("button", { name: "Find in this conversation", exact: true }).click()
  await alma.page.getByRole("searchbox", { name: "Words to find", exact: true }).waitFor()
  expect(await ringless(alma.page)).toEqual([])
  await menu(alma.page).click()
  await alma.page
    .getByRole("radio", { name: "System", exact: true })
    .and(alma.page.locator(":checked"))
    .waitFor()
  expect(await ringless(alma.page)).toEqual([])
})

test("in forced colours a line tells what a ground told", async () => {
  const [alma, jonas] = await scene.talking("Mine")
  const { page } = alma
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" })
  await jonas.say("Theirs")
  await alma.sees("Jonas", "Theirs")
  const [own, theirs, avatar] = await lines(page, ".own > .bubble", ".theirs > .bubble", ".row .avatar")
  expect([theirs, avatar]).toEqual(["1px", "1px"])
  expect(own).toBe("1px 5px 1px 1px")
  expect(await lines(page, "#people .row[aria-current]")).toEqual(["3px"])
  await alma.line("Theirs").hover()
  await alma.line("Theirs").getByRole("button", { name: "Message actions", exact: true }).click()
  await alma.menu.locator("[data-act=react]").first().click()
  await page.locator(".reaction").waitFor()
  expect(await lines(page, ".reaction[aria-pressed=true]")).toEqual(["3px"])
  await menu(page).click()
  await page.getByRole("radio", { name: "System", exact: true }).and(page.locator(":checked")).waitFor()
  const segment = ".segments input"
  expect(await lines(page, `${segment}:checked + span`, `${segment}:not(:checked) + span`)).toEqual([
    "3px",
    "1px",
  ])
  const toggle = page.getByRole("switch", { name: "Enter sends" })
  const knob = () =>
    page.evaluate<string>(`getComputedStyle(document.querySelector("[name=enter]"), "::before").translate`)
  const on = await knob()
  await toggle.uncheck()
  expect(await knob()).not.toBe(on)
  await page.goto(`${scene.url}/dev/views/conversation-list/usual`)
  expect(await lines(page, ".unread")).toEqual(["1px"])
})

test("online, away, offline and left differ without their colours, beside a name and above a conversation", async () => {
  const { page } = await scene.arrive()
  // Here all signs are of one colour.
  await page.emulateMedia({ forcedColors: "active" })
  for (const [view, face] of [
    ["conversation-list/usual", "#conversations .avatar"],
    ["peer-header/online", ".peer .avatar"],
  ] as const) {
    await page.goto(`${scene.url}/dev/views/${view}`)
    const shapes = new Set<string>()
    for (const status of ["online", "away", "offline", "gone"]) {
      await page.evaluate(`document.querySelector("${face}").dataset.status = "${status}"`)
      shapes.add(
        await page.evaluate<string>(
          `getComputedStyle(document.querySelector("${face}"), "::after").backgroundImage`,
        ),
      )
    }
    expect([...shapes]).toHaveLength(4)
  }
})

test("nothing moves for a reader who asked for less motion", async () => {
  const [alma, jonas] = await scene.talking("Hello")
  const { page } = alma
  await page.emulateMedia({ reducedMotion: "reduce" })
  await page.evaluate(`(() => {
    window.moved = []
    for (const name of ["animationstart", "transitionrun"])
      document.addEventListener(name, ({ target, animationName, propertyName }) =>
        window.moved.push(target.className + " " + (animationName ?? propertyName)))
  })()`)
  await jonas.words.press("x")
  await page.locator(".typing-bubble:not(:empty)").waitFor()
  await jonas.say("Look")
  await alma.sees("Jonas", "Look")
  await alma.line("Look").hover()
  await page.evaluate(`(() => {
    const goods = new DataTransfer()
    goods.items.add(new File(["x"], "cat.png", { type: "image/png" }))
    const about = { bubbles: true, cancelable: true, clipboardData: goods }
    document.querySelector("#conversation textarea").dispatchEvent(new ClipboardEvent("paste", about))
  })()`)
  await page.locator(".toast").waitFor()
  await jonas.words.press("x")
  await page.locator(".typing-bubble:not(:empty)").waitFor()
  // What began by then has told so two frames later.
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
  expect(await page.evaluate<string[]>("window.moved")).toEqual([])
  expect(await page.evaluate<number>("document.getAnimations().length")).toBe(0)
})
