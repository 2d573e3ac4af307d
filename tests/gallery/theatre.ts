import type { Browser, BrowserContext } from "playwright-core"
import { Cast } from "./cast.ts"
import { type LookName, looks, type Scene, type Visit } from "./scene.ts"

/** The environment of the scenes' server. */
export const env = { LOG_LEVEL: "error", DEV_VIEWS: "1", LEAVE_GRACE: "0" }

type Watch = (visit: Visit) => Promise<void>

/** Shows scenes one after the other on one kind of screen, in tabs of one browser profile. */
export class Theatre {
  private constructor(
    private readonly context: BrowserContext,
    private readonly url: string,
    private readonly look: LookName,
  ) {}

  static async build(browser: Browser, url: string, look: LookName): Promise<Theatre> {
    return new Theatre(await browser.newContext(looks[look]), url, look)
  }

  /** Sets up a scene, calls `watch`, and cleans up. */
  async show(scene: Scene, watch: Watch): Promise<void> {
    const { context, url, look } = this
    const cast = new Cast(url)
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    try {
      const visit = { page, url, cast, look }
      await scene.play(visit)
      await watch(visit)
    } finally {
      await context.setOffline(false)
      await page.close()
      await cast.leaves()
      await context.clearCookies()
    }
  }

  async close(): Promise<void> {
    await this.context.close()
  }
}
