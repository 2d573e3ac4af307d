import type { BrowserContextOptions, Page } from "playwright-core"
import type { Cast } from "./cast.ts"

/** One moment of the page worth a picture and a check. */
export interface Scene {
  /** In the names of its pictures. */
  readonly name: string
  /** False for one that is checked, but so like another that it needs no picture. */
  readonly pictured: boolean
  /** Brings a fresh page there, and waits until it stands. */
  play(visit: Visit): Promise<void>
}

export interface Visit {
  readonly page: Page
  readonly url: string
  readonly cast: Cast
  readonly look: LookName
}

export type LookName = keyof typeof looks
export const themes = ["light", "dark"] as const

/** Nothing moves: a picture or a check in the middle of a movement would differ from run to run. */
const calm = { reducedMotion: "reduce", locale: "en-GB", timezoneId: "UTC" } as const

export const looks = {
  phone: {
    ...calm,
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 1.5,
    hasTouch: true,
    isMobile: true,
  },
  desktop: { ...calm, viewport: { width: 1440, height: 900 } },
} satisfies Record<string, BrowserContextOptions>
