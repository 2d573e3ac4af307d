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
  /** Alma and Jonas with each other's conversation open, in which Alma has said these words and Jonas has seen them. */
  talking(...words: string[]): Promise<[Visitor, Visitor]>
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

  async function arrive(look?: Look): Promise<Visitor> {
    const visitor = await Visitor.arrive(browser, duet.url, look)
    visitors.push(visitor)
    return visitor
  }

  return {
    get url() {
      return duet.url
    },
    get browser() {
      return browser
    },
    arrive,
    async talking(...words) {
      const alma = await (await arrive()).join("Alma")
      const jonas = await (await arrive()).join("Jonas")
      await alma.open("Jonas")
      await jonas.open("Alma")
      for (const each of words) {
        await alma.say(each)
        await jonas.sees("Alma", each)
      }
      return [alma, jonas]
    },
  }
}
