import { afterAll, beforeAll, setDefaultTimeout } from "bun:test"
import type { Browser, Page } from "playwright-core"
import { launchChromium } from "../support/chromium.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { faults } from "./axe.ts"
import { outOfReach } from "./reflow.ts"
import type { Scene, themes } from "./scene.ts"
import { smallTargets } from "./targets.ts"
import { env, Theatre } from "./theatre.ts"

type Theme = (typeof themes)[number]
const ofColour = ["color-contrast", "link-in-text-block"]

/** For the tests of one file: what is wrong with a scene on a desktop and on a phone, each with a server of its own. */
export function accessibility() {
  setDefaultTimeout(120_000)
  let servers: RunningDuet[]
  let browser: Browser
  let desktop: Theatre
  let phone: Theatre

  beforeAll(async () => {
    const [first, second, launched] = await Promise.all([startDuet(env), startDuet(env), launchChromium()])
    servers = [first, second]
    browser = launched
    desktop = await Theatre.build(browser, first.url, "desktop")
    phone = await Theatre.build(browser, second.url, "phone")
  })

  afterAll(async () => {
    await browser?.close()
    await Promise.all((servers ?? []).map((server) => server.stop()))
  })

  return async (scene: Scene) => {
    const found = await Promise.all([onADesktop(desktop, scene), onAPhone(phone, scene)])
    return { desktop: found[0], phone: found[1] }
  }
}

async function onADesktop(theatre: Theatre, scene: Scene): Promise<string[]> {
  const found: string[] = []
  await theatre.show(scene, async ({ page }) => {
    found.push(...(await faultsInBothThemes(page, ["light", "dark"])))
  })
  return found
}

async function onAPhone(theatre: Theatre, scene: Scene): Promise<string[]> {
  const found: string[] = []
  await theatre.show(scene, async ({ page }) => {
    found.push(...(await faultsInBothThemes(page, ["dark", "light"])))
    found.push(...(await smallTargets(page)), ...(await outOfReach(page)))
  })
  return found
}

/** In the second theme only what depends on colour: nothing else differs there. */
async function faultsInBothThemes(page: Page, [first, second]: readonly [Theme, Theme]): Promise<string[]> {
  await page.emulateMedia({ colorScheme: first })
  const found = await faults(page)
  await page.emulateMedia({ colorScheme: second })
  return [...found, ...(await faults(page, ofColour)).map((each) => `${second}: ${each}`)]
}
