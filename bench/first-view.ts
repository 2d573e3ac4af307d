/**
 * Measures a first visit over a network with 150 ms round trips and 1.6 Mbit/s, with an empty cache: when the join
 * page takes a name, when the chat is live, and the bytes of each.
 *
 *   bun bench/first-view.ts [--views 5]
 */
import { parseArgs } from "node:util"
import type { Browser } from "playwright-core"
import { slowDown, weigh } from "../tests/browser/first-view.ts"
import { launchChromium } from "../tests/support/chromium.ts"
import { startDuet } from "../tests/support/duet.ts"

const { values } = parseArgs({ options: { views: { type: "string", default: "5" } } })

interface View {
  readonly doorMs: number
  readonly doorBytes: number
  readonly chatMs: number
  readonly chatBytes: number
}

const [duet, browser] = await Promise.all([startDuet(), launchChromium()])
const views: View[] = []
for (let i = 0; i < Number(values.views); i++) views.push(await view(browser, duet.url))
await browser.close()
await duet.stop()

const median = (pick: (view: View) => number) => views.map(pick).sort((a, b) => a - b)[views.length >> 1] ?? 0
const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`
console.log(
  `the name field takes what is typed after ${median((each) => each.doorMs).toFixed(0)} ms (goal: 2000)`,
)
console.log(`the door transfers ${kb(median((each) => each.doorBytes))} (goal: 80)`)
console.log(`from "Join chat" to a live chat ${median((each) => each.chatMs).toFixed(0)} ms`)
console.log(`the chat behind it transfers ${kb(median((each) => each.chatBytes))} (goal: 80)`)
process.exit()

async function view(browser: Browser, url: string): Promise<View> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const weight = await weigh(page)
  const wire = await slowDown(page)
  const name = page.getByRole("textbox", { name: "Your name", exact: true })
  const began = performance.now()
  await page.goto(url, { waitUntil: "commit" })
  await name.pressSequentially("Anna")
  const doorMs = performance.now() - began
  await page.waitForLoadState("load")
  const doorBytes = weight()
  await wire.send("Network.setCacheDisabled", { cacheDisabled: false })
  const joined = performance.now()
  await page.getByRole("button", { name: "Join chat", exact: true }).click()
  await page.locator("[data-alive], [data-watching]").first().waitFor({ state: "attached" })
  const chatMs = performance.now() - joined
  await page.waitForLoadState("networkidle")
  const chatBytes = weight() - doorBytes
  await context.close()
  return { doorMs, doorBytes, chatMs, chatBytes }
}
