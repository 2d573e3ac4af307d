/**
 * Takes the pictures in `docs/shots/`: every pictured scene of the gallery, for phone and desktop, in both themes.
 * `bun run shots` takes all of them, `bun run shots chat door` those whose names contain one of the words.
 */
import { mkdir } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import type { Page } from "playwright-core"
import { type LookName, looks, themes } from "../tests/gallery/scene.ts"
import { scenes } from "../tests/gallery/scenes.ts"
import { env, Theatre } from "../tests/gallery/theatre.ts"
import { launchChromium } from "../tests/support/chromium.ts"
import { startDuet } from "../tests/support/duet.ts"

/** Shows every time as 20:15, so that pictures do not change with the clock. */
const oneMoment = `for (const time of document.querySelectorAll("time"))
  if (/^\\d\\d:\\d\\d$/u.test(time.textContent)) time.textContent = "20:15"`

const folder = fileURLToPath(new URL("../docs/shots", import.meta.url))
const words = process.argv.slice(2)
const wanted = scenes.filter(
  ({ name, pictured }) => pictured && (words.length === 0 || words.some((word) => name.includes(word))),
)

await mkdir(folder, { recursive: true })
const duet = await startDuet(env)
const browser = await launchChromium()
try {
  for (const look of Object.keys(looks) as LookName[]) {
    const theatre = await Theatre.build(browser, duet.url, look)
    for (const [i, scene] of wanted.entries()) {
      console.log(`${look} ${i + 1}/${wanted.length} ${scene.name}`)
      await theatre.show(scene, ({ page }) => picture(page, `${scene.name}-${look}`))
    }
    await theatre.close()
  }
} finally {
  await browser.close()
  await duet.stop()
}

async function picture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  await page.evaluate(oneMoment)
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme })
    await page.screenshot({ path: `${folder}/${name}-${theme}.jpg`, type: "jpeg", quality: 70 })
  }
}
