import type { Browser } from "playwright-core"
import { Cast } from "./cast.ts"
import { type LookName, looks, type Scene, type Visit } from "./scene.ts"

/** What the server behind the scenes is started with. */
export const env = { LOG_LEVEL: "error", DEV_VIEWS: "1", LEAVE_GRACE: "0" }

/** Plays a scene in a browser profile of its own, lets `watch` look at it, and clears the stage. */
export async function stageScene(
  browser: Browser,
  url: string,
  scene: Scene,
  look: LookName,
  watch: (visit: Visit) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(looks[look])
  const cast = new Cast(url)
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const visit = { page, url, cast, look }
    await scene.play(visit)
    await watch(visit)
  } finally {
    await context.setOffline(false)
    await Promise.all(context.pages().map((page) => page.close()))
    await cast.leaves()
    await context.close()
  }
}
