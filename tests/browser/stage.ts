import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout } from "bun:test"
import type { Browser } from "playwright-core"
import { launchChromium } from "../support/chromium.ts"
import { startDuet } from "../support/duet.ts"
import { type Look, Visitor } from "./visitor.ts"

export interface Stage {
  readonly url: string
  readonly browser: Browser
  /** Someone new, in a browser profile of their own; gone after the test, when none may have complained. */
  arrive(look?: Look): Promise<Visitor>
}

/** A server and a browser for the tests of one file. */
export function stage(env: Record<string, string> = {}): Stage {
  setDefaultTimeout(90_000)
  let duet: Awaited<ReturnType<typeof startDuet>>
  let browser: Browser
  const visitors: Visitor[] = []

  beforeAll(async () => {
    ;[duet, browser] = await Promise.all([startDuet(env), launchChromium()])
  })

  afterEach(async () => {
    const complaints = visitors.flatMap((visitor) => visitor.complaints)
    await Promise.all(visitors.splice(0).map((visitor) => visitor.close()))
    expect(complaints).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await duet?.stop()
  })

  return {
    get url() {
      return duet.url
    },
    get browser() {
      return browser
    },
    async arrive(look) {
      const visitor = await Visitor.arrive(browser, duet.url, look)
      visitors.push(visitor)
      return visitor
    },
  }
}
