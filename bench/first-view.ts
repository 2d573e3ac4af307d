/**
 * What a stranger waits for, with an empty cache, from "Join chat" until their first message is delivered: requests,
 * bytes and milliseconds over three lines, and a reload after it. They type a name, press "Join chat", choose the one
 * person online and write, each as soon as the page allows it.
 *
 *   bun bench/first-view.ts [--views 5] [--json]
 *
 * The join page prefetches the chat's scripts. "nothing ahead" joins before any of them has come, "all ahead" after. The
 * slow lines are a relay (`tests/support/slow-line.ts`): the throttle of DevTools does not slow handshakes. The figures
 * are medians, and depend on the load of the machine.
 */
import { parseArgs } from "node:util"
import type { Browser, Page } from "playwright-core"
import { openDoorAlone, type Traffic, watchTraffic } from "../tests/browser/first-view.ts"
import { launchChromium } from "../tests/support/chromium.ts"
import { startDuet } from "../tests/support/duet.ts"
import { SlowLine, type Speed } from "../tests/support/slow-line.ts"

const { values } = parseArgs({
  options: { views: { type: "string", default: "5" }, json: { type: "boolean", default: false } },
})
const views = Number(values.views)
const patienceMs = 60_000

interface Line {
  readonly name: string
  readonly speed?: Speed
  /** By the name of a figure: what it is to be at most, and what it was when modules were small and many. */
  readonly goals: Readonly<Record<string, readonly [goal: number, before: number | undefined]>>
}

const lines: readonly Line[] = [
  {
    name: "no delay",
    goals: { requests: [20, 76], KB: [75, 102], delivered: [800, 1700], reloadRequests: [4, undefined] },
  },
  {
    name: "150 ms, 1.6 Mbit/s",
    speed: { roundTripMs: 150, bitsPerSecond: 1_600_000 },
    goals: { nameField: [2000, undefined], alive: [1200, 2200], fetchedTwice: [0, undefined] },
  },
  {
    name: "400 ms, 400 kbit/s",
    speed: { roundTripMs: 400, bitsPerSecond: 400_000 },
    goals: { socket: [3500, 6500], delivered: [4500, 8200], fetchedTwice: [0, undefined] },
  },
]

type Figures = Record<string, number>

const duet = await startDuet({ LOG_LEVEL: "error" })
const browser = await launchChromium()
const peer = await acknowledgingPeer(duet.url, "Jonas")
const report: unknown[] = []
try {
  for (const { name, speed, goals } of lines) {
    const line = speed && (await SlowLine.start(duet.port, speed))
    for (const isAhead of [false, true]) {
      const seen: Figures[] = []
      for (let i = 0; i < views; i++) seen.push(await view(browser, line?.url ?? duet.url, isAhead))
      const medians = Object.fromEntries(
        Object.keys(seen[0] ?? {}).map((figure) => [figure, median(seen.map((each) => each[figure] ?? 0))]),
      )
      report.push({ line: name, isAhead, ...medians })
      if (!values.json) tell(`${name}, ${isAhead ? "all" : "nothing"} ahead`, medians, goals)
    }
    line?.stop()
  }
  if (values.json) console.log(JSON.stringify(report))
} finally {
  peer.close()
  await browser.close()
  await duet.stop()
}
process.exit()

async function view(browser: Browser, url: string, isAhead: boolean): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(patienceMs)
    const traffic = await watchTraffic(page)
    const began = performance.now()
    if (isAhead) await page.goto(url, { waitUntil: "commit" })
    else await openDoorAlone(page, url)
    await page.getByRole("textbox", { name: "Your name", exact: true }).pressSequentially("Anna")
    const nameField = performance.now() - began
    await page.waitForLoadState("networkidle")
    const doorBytes = traffic.bytes
    return {
      ...(isAhead && { nameField }),
      doorKB: doorBytes / 1000,
      ...(await firstMessage(page, traffic)),
      ...(await reload(page, traffic)),
    }
  } finally {
    await context.close()
  }
}

async function firstMessage(page: Page, traffic: Traffic): Promise<Figures> {
  traffic.clear()
  const joined = performance.now()
  const since = () => performance.now() - joined
  const socket = traffic.socketOpen.then(since)
  await page.getByRole("button", { name: "Join chat", exact: true }).click({ noWaitAfter: true })
  await page.waitForURL(/\/u\//u, { waitUntil: "commit" })
  const alive = appears(page, "[data-alive], [data-watching]").then(since)
  await appears(page, "#people a")
  await page.getByRole("link", { name: "Jonas", exact: true }).click({ noWaitAfter: true })
  const words = page.getByRole("textbox", { name: "Message", exact: true })
  await appears(page, ".composer[data-alive] textarea")
  await words.fill("Hello!")
  await words.press("Enter")
  await appears(page, "[data-progress=delivered]")
  const delivered = since()
  const { requests, bytes } = await traffic.delivered
  return {
    socket: await socket,
    alive: await alive,
    delivered,
    requests: requests.length,
    KB: bytes / 1000,
    fetchedTwice: requests.length - new Set(requests).size,
  }
}

/** Looked for every few milliseconds: a locator looks twice a second at last. */
async function appears(page: Page, selector: string): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    const look = () => (document.querySelector("${selector}") ? done() : setTimeout(look, 5))
    look()
  })`)
}

async function reload(page: Page, traffic: Traffic): Promise<Figures> {
  // What comes with the first message.
  await loaded(page, "message/message.js")
  await loaded(page, "sidebar/row-notes.js")
  traffic.clear()
  await page.reload({ waitUntil: "networkidle" })
  await page.locator(".composer[data-alive]").waitFor()
  return { reloadRequests: traffic.requests.length }
}

async function loaded(page: Page, module: string): Promise<void> {
  const known = `document.querySelector("script[src$='/sidebar/lists.js']").src`
  await page.evaluate(`import(new URL("../${module}", ${known}))`)
}

/** Somebody in the list, whose client says that messages have come. */
async function acknowledgingPeer(base: string, name: string): Promise<WebSocket> {
  const socket = new WebSocket(`${base.replace("http", "ws")}/ws/${name}`, ["duet.v1"])
  socket.addEventListener("message", ({ data }) => {
    const { type, seq } = JSON.parse(String(data))
    if (type === "chat_message") socket.send(JSON.stringify({ type: "ack", seq }))
  })
  await new Promise((open) => socket.addEventListener("open", open))
  return socket
}

function tell(title: string, medians: Figures, goals: Line["goals"]): void {
  console.log(title)
  for (const [figure, value] of Object.entries(medians)) {
    const [goal, before] = goals[figure] ?? []
    const against = [
      goal !== undefined && `goal ${goal}`,
      before !== undefined && `before ${before}`,
      goal !== undefined && value > goal && "MISSED",
    ].filter(Boolean)
    const shown = Number.isInteger(value) ? value : value.toFixed(figure.endsWith("KB") ? 1 : 0)
    console.log(`  ${figure.padEnd(15)} ${String(shown).padStart(6)}  ${against.join(", ")}`)
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0
}
