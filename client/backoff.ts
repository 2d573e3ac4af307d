import { crowded, restarting } from "./close-codes.ts"

/** The first pause, and the longest, in milliseconds. */
const firstMs = 500
const longestMs = 8000

/** The server restarts, and says so to everybody at once: they come back within this. */
const restartSpreadMs = 500

/**
 * How long to wait before the next attempt, in milliseconds: half of it fixed and half of it by chance, so that
 * those who were lost together do not come back together.
 * @param failures attempts that have failed since the last success
 * @param code the close code of the loss
 * @param chance from 0 to 1
 */
export function pauseMs(failures: number, code: number, chance: number): number {
  if (code === restarting && failures === 0) return chance * restartSpreadMs
  const whole = code === crowded ? longestMs : Math.min(longestMs, firstMs * 2 ** failures)
  return whole / 2 + (chance * whole) / 2
}
