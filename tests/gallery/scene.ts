import type { BrowserContextOptions, Page } from "playwright-core"
import type { Cast } from "./cast.ts"

/** One state of the page, for pictures and checks. */
export interface Scene {
  /** Part of its pictures' names. */
  readonly name: string
  /** False for a scene that is checked, but looks so much like another that it needs no picture. */
  readonly pictured: boolean
  /** Brings a fresh page to this state. */
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

/** Waits until nothing moves: in the middle of a movement pictures and checks would differ from run to run. */
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
