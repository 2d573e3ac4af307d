import { isServerFailure, overloaded, restarting } from "./close-codes.ts"

/** The first pause, and the longest, in milliseconds. */
const firstMs = 500
const longestMs = 8000

/** A server that restarts tells everybody at once: their reconnects are spread over this time. */
const restartSpreadMs = 500

/**
 * How long to wait before the next attempt, in milliseconds: half of it is fixed and half is jitter, so that clients
 * that lost their connections together do not come back together.
 * @param failures attempts that have failed since the last success
 * @param code the close code of the loss
 * @param chance from 0 to 1
 */
export function pauseMs(failures: number, code: number, chance: number): number {
  if (code === restarting && failures === 0) return chance * restartSpreadMs
  const whole = code === overloaded ? longestMs : Math.min(longestMs, firstMs * 2 ** failures)
  return whole / 2 + (chance * whole) / 2
}

/** The pauses between the attempts of one client. */
export class Backoff {
  #failures = 0

  /** `random` gives the jitter, from 0 to 1. */
  constructor(readonly random: () => number) {}

  /** How long to wait after a loss with this close code, in milliseconds; `wasOpen` says whether it was a connection. */
  next(code: number, wasOpen: boolean): number {
    if (wasOpen && !isServerFailure(code)) this.#failures = 0
    return pauseMs(this.#failures++, code, this.random())
  }
}
