import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import type { Browser, Page } from "playwright-core"
import { faults } from "../../gallery/axe.ts"
import { outOfReach } from "../../gallery/reflow.ts"
import type { Scene, themes } from "../../gallery/scene.ts"
import { scenes } from "../../gallery/scenes.ts"
import { smallTargets } from "../../gallery/targets.ts"
import { env, Theatre } from "../../gallery/theatre.ts"
import { launchChromium } from "../../support/chromium.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"

setDefaultTimeout(120_000)

type Theme = (typeof themes)[number]
const ofColour = ["color-contrast", "link-in-text-block"]

let duet: RunningDuet
let browser: Browser
let desktop: Theatre
let phone: Theatre

beforeAll(async () => {
  ;[duet, browser] = await Promise.all([startDuet(env), launchChromium()])
  desktop = await Theatre.build(browser, duet.url, "desktop")
  phone = await Theatre.build(browser, duet.url, "phone")
})

afterAll(async () => {
  await browser?.close()
  await duet?.stop()
})

for (const scene of scenes) {
  test(`${scene.name}: nothing is found by axe, too small for a finger, or out of reach at 400%`, async () => {
    expect({ desktop: await atADesk(scene), phone: await onAPhone(scene) }).toEqual({
      desktop: [],
      phone: [],
    })
  })
}

async function atADesk(scene: Scene): Promise<string[]> {
  const found: string[] = []
  await desktop.show(scene, async ({ page }) => {
    found.push(...(await faultsInBothThemes(page, ["light", "dark"])))
  })
  return found
}

async function onAPhone(scene: Scene): Promise<string[]> {
  const found: string[] = []
  await phone.show(scene, async ({ page }) => {
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
