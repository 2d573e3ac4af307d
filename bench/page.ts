/**
 * How much the page's main thread works, in milliseconds, with many messages held and many people online: for a
 * character typed, a screen scrolled, a message that comes, and somebody who joins.
 *
 *   bun bench/page.ts [--people 5000] [--messages 500] [--times 30]
 */
import { parseArgs } from "node:util"
import type { Page } from "playwright-core"
import { launchChromium } from "../tests/support/chromium.ts"
import { startDuet } from "../tests/support/duet.ts"
import { V1Client } from "../tests/support/v1-client.ts"
import { mainThreadWork } from "./main-thread.ts"

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "5000" },
    messages: { type: "string", default: "500" },
    times: { type: "string", default: "30" },
  },
})
const [people, messages, times] = [Number(values.people), Number(values.messages), Number(values.times)]
const goalMs = 50

const env = { LOG_LEVEL: "error", MESSAGE_RATE: "0", BYTE_RATE: "0", JOURNAL_MESSAGES: String(messages) }
const [duet, browser] = await Promise.all([startDuet(env), launchChromium()])
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
const jonas = await V1Client.join(duet.url, "Jonas")
const crowd: WebSocket[] = []
try {
  const alma = await join(page)
  await gather(people - 2)
  await talk(alma)
  await page.reload()
  await page
    .locator(".message")
    .nth(messages - 1)
    .waitFor({ state: "attached" })
  await page.locator("[data-alive]").first().waitFor()
  console.log(`${messages} messages held, ${people} people online; each ${times} times, goal ${goalMs} ms`)
  await measure("a character is typed", () => page.keyboard.press("a"))
  await measure("a screen is scrolled", async (i) => {
    await page.mouse.wheel(0, i % 10 < 5 ? -600 : 600)
  })
  await measure("a message comes", async (i) => {
    jonas.say(alma, `And another one, number ${i}`)
    await page
      .getByText(`And another one, number ${i}`, { exact: true })
      .first()
      .waitFor({ state: "attached" })
  })
  await measure("somebody joins", async (i) => {
    enter(`Newcomer ${i}`)
    await page.locator("#people").getByText(`Newcomer ${i}`, { exact: true }).waitFor({ state: "attached" })
  })
} finally {
  for (const socket of crowd) socket.close()
  await browser.close()
  await duet.stop()
}
process.exit()

async function join(page: Page): Promise<string> {
  await page.goto(duet.url)
  await page.getByRole("textbox", { name: "Your name", exact: true }).fill("Alma")
  await page.getByRole("button", { name: "Join chat", exact: true }).click()
  await page.getByRole("link", { name: "Jonas", exact: true }).click()
  await page.getByRole("log").waitFor()
  return new URL(page.url()).pathname.split("/")[2] ?? ""
}

function enter(name: string): WebSocket {
  const socket = new WebSocket(`${duet.url.replace("http", "ws")}/ws/${encodeURIComponent(name)}`, [
    "duet.v1",
  ])
  crowd.push(socket)
  return socket
}

async function gather(count: number): Promise<void> {
  for (let i = 0; i < count; i += 100) {
    const batch = Array.from({ length: Math.min(100, count - i) }, (_, k) => enter(`Person ${i + k}`))
    await Promise.all(batch.map((socket) => new Promise((open) => socket.addEventListener("open", open))))
  }
}

async function talk(alma: string): Promise<void> {
  const words = "We sat by the river until the lanterns went out, and nobody asked what time it was. "
  for (let i = 0; i < messages; i++) jonas.say(alma, `${i}: ${words.slice(0, 20 + ((i * 37) % 60))}`)
  await jonas.until(() => jonas.contents.length >= messages)
}

async function measure(what: string, act: (i: number) => Promise<void>): Promise<void> {
  const work = (await mainThreadWork(browser, page, times, act)).sort((a, b) => a - b)
  const [median, worst] = [work[work.length >> 1] ?? 0, work.at(-1) ?? 0]
  const kept = worst < goalMs ? "" : `  (${work.filter((ms) => ms >= goalMs).length} over the goal)`
  console.log(`${what.padEnd(24)} median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms${kept}`)
}
