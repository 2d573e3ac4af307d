import { expect, test } from "bun:test"
import { mainThreadWork } from "../../support/main-thread.ts"
import { robots } from "../robots.ts"
import { stage } from "../stage.ts"

const scene = stage()
const robot = robots(scene)

const people = 50
/** Far fewer elements than there are in all the lines. */
const few = 90

test("what comes restyles itself and its neighbours, however many lines and people there are", async () => {
  const [alma, jonas] = await scene.talking(...Array.from({ length: 40 }, (_, i) => `Line ${i}`))
  await Promise.all(Array.from({ length: people }, (_, i) => robot(`Robot ${i}`)))
  await alma.page.getByText("and 2 more", { exact: true }).waitFor()
  const elements = await alma.page.locator(".transcript *").count()
  expect(elements).toBeGreaterThan(2 * few)
  const restyled = async (act: () => Promise<unknown>) => {
    const [work] = await mainThreadWork(scene.browser, alma.page, 1, async () => void (await act()))
    expect(work?.restyled).toBeGreaterThan(0)
    return work?.restyled
  }
  const message = async () => {
    await jonas.say("One more")
    await alma.sees("Jonas", "One more")
  }
  const newcomer = async () => {
    await robot("Newcomer")
    await alma.person("Newcomer").waitFor()
  }
  expect(await restyled(message)).toBeLessThan(few)
  expect(await restyled(newcomer)).toBeLessThan(people)
})
