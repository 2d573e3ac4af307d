import type { CDPSession, Page } from "playwright-core"

/** All that this page has transferred since, in bytes as they came over the wire, headers included. */
export async function weigh(page: Page): Promise<() => number> {
  const wire = await page.context().newCDPSession(page)
  let bytes = 0
  wire.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await wire.send("Network.enable")
  return () => bytes
}

/** A connection of 150 ms there and back and 1.6 Mbit/s, with nothing kept from before. */
export async function slowDown(page: Page): Promise<CDPSession> {
  const wire = await page.context().newCDPSession(page)
  const bytesPerSecond = 1_600_000 / 8
  await wire.send("Network.enable")
  await wire.send("Network.setCacheDisabled", { cacheDisabled: true })
  await wire.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  })
  return wire
}

/** The join page without what it fetches ahead: as for somebody who joins before any of it has come. */
export async function openDoorAlone(page: Page, url: string): Promise<void> {
  const wire = await page.context().newCDPSession(page)
  await wire.send("Network.enable")
  await wire.send("Network.setBlockedURLs", { urls: ["*/assets/*.js"] })
  await page.goto(url, { waitUntil: "networkidle" })
  await wire.send("Network.setBlockedURLs", { urls: [] })
  await wire.detach()
}

/** Notes every shift of the layout from the first paint on, before anything of the page runs. */
export async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(`
    window.shifts = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts += entry.value
    }).observe({ type: "layout-shift", buffered: true })`)
  return async () => {
    await page.evaluate(
      `new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))`,
    )
    return Number(await page.evaluate(`window.shifts`))
  }
}

/** What a page fetched over the wire since it was cleared: nothing that the browser had kept. */
export interface Traffic {
  /** The addresses, a socket's and a redirect's among them, in the order asked for. */
  readonly requests: readonly string[]
  /** Of what has come whole, headers included, as they came over the wire. */
  readonly bytes: number
  /** When the first socket since has been opened. */
  readonly socketOpen: Promise<void>
  /** What had been asked for, and had come, when the first socket since told of a message delivered. */
  readonly delivered: Promise<{ readonly requests: readonly string[]; readonly bytes: number }>
  clear(): void
}

export async function watchTraffic(page: Page): Promise<Traffic> {
  const wire = await page.context().newCDPSession(page)
  let requests = new Map<string, string>()
  let bytes = 0
  let opened = Promise.withResolvers<void>()
  let delivered = Promise.withResolvers<Awaited<Traffic["delivered"]>>()
  wire.on("Network.requestWillBeSent", ({ requestId, request, redirectResponse }) => {
    if (!request.url.startsWith("http")) return
    if (redirectResponse) {
      requests.set(`${requestId} before`, redirectResponse.url)
      bytes += redirectResponse.encodedDataLength
    }
    requests.set(requestId, request.url)
  })
  wire.on("Network.requestServedFromCache", ({ requestId }) => requests.delete(requestId))
  wire.on("Network.responseReceived", ({ requestId, response }) => {
    if (response.fromDiskCache || response.fromPrefetchCache) requests.delete(requestId)
  })
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (requests.has(requestId)) bytes += encodedDataLength
  })
  wire.on("Network.webSocketCreated", ({ requestId, url }) => requests.set(requestId, url))
  wire.on("Network.webSocketHandshakeResponseReceived", () => opened.resolve())
  wire.on("Network.webSocketFrameReceived", ({ response }) => {
    if (/"event":"progress".*"progress":"delivered"/.test(response.payloadData))
      delivered.resolve({ requests: [...requests.values()], bytes })
  })
  await wire.send("Network.enable")
  return {
    get requests() {
      return [...requests.values()]
    },
    get bytes() {
      return bytes
    },
    get socketOpen() {
      return opened.promise
    },
    get delivered() {
      return delivered.promise
    },
    clear() {
      requests = new Map()
      bytes = 0
      opened = Promise.withResolvers<void>()
      delivered = Promise.withResolvers<Awaited<Traffic["delivered"]>>()
    },
  }
}
