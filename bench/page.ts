/**
 * Measures the work of the page's main thread, in milliseconds, with many messages held and many people online: for a
 * typed character, a scrolled screen, a received message and a newcomer.
 *
 *   bun bench/page.ts [--people 5000] [--messages 500] [--times 30]
 */
import { parseArgs } from "node:util"
import type { Page } from "playwright-core"
import { launchChromium } from "../tests/support/chromium.ts"
import { startDuet } from "../tests/support/duet.ts"
import { mainThreadWork } from "../tests/support/main-thread.ts"
import { V1Client } from "../tests/support/v1-client.ts"

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "5000" },
    messages: { type: "string", default: "500" },
    times: { type: "string", default: "30" },
  },
})
const [people, messages, times] = [Number(values.people), Number(values.messages), Number(values.times)]
const goalMs = 50

const env = {
  LOG_LEVEL: "error",
  MESSAGE_RATE: "0",
  BYTE_RATE: "0",
  FRAME_RATE: "0",
  JOURNAL_MESSAGES: String(messages),
}
const [duet, browser] = await Promise.all([startDuet(env), launchChromium()])
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
const jonas = await V1Client.join(duet.url, "Jonas")
const crowd: WebSocket[] = []
try {
  const alma = await join(page)
  await gather(people - 2)
  await talk(alma)
  await page.reload()
  await page.locator("[data-alive]").first().waitFor()
  // A search loads all messages into the page.
  await page.getByRole("button", { name: "Find in this conversation", exact: true }).click()
  await page
    .locator(".message")
    .nth(messages - 1)
    .waitFor({ state: "attached" })
  await page.keyboard.press("Escape")
  console.log(`${messages} messages held, ${people} people online; each ${times} times, goal ${goalMs} ms`)
  await measure("a character is typed", () => page.keyboard.press("a"))
  await measure("a screen is scrolled", async (i) => {
    await page.mouse.wheel(0, i % 10 < 5 ? -600 : 600)
  })
  await measure("a message comes", async (i) => {
    const words = `And another one, number ${i}`
    await untilAdded(".transcript", words, () => jonas.say(alma, words))
  })
  await measure("somebody joins", async (i) => {
    const name = `Newcomer ${i}`
    await untilAdded("#people", name, () => enter(name))
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

/** Resolves when `act` has added an element there. It asks the page nothing else, for that would be measured too. */
async function untilAdded(place: string, words: string, act: () => void): Promise<void> {
  await page.evaluate(`void (window.added = new Promise((done) => {
    const watch = new MutationObserver((changes) => {
      const added = changes.flatMap(({ addedNodes }) => [...addedNodes])
      if (!added.some(({ textContent }) => textContent.includes(${JSON.stringify(words)}))) return
      watch.disconnect()
      done()
    })
    watch.observe(document.querySelector(${JSON.stringify(place)}), { childList: true })
  }))`)
  act()
  await page.evaluate("window.added")
}

async function measure(what: string, act: (i: number) => Promise<void>): Promise<void> {
  const work = await mainThreadWork(browser, page, times, act)
  const [ms, restyled] = [work.map((each) => each.milliseconds), work.map((each) => each.restyled)]
  const over = ms.filter((each) => each >= goalMs).length
  console.log(
    `${what.padEnd(24)} median ${median(ms).toFixed(1)} ms, worst ${Math.max(...ms).toFixed(1)} ms` +
      `, ${median(restyled)} elements restyled${over > 0 ? `  (${over} over the goal)` : ""}`,
  )
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}
