/** Where an actor system gets its time, so that tests can bring their own. */
export interface Clock {
  /** Milliseconds since some moment, for measuring: it never goes back, also when the machine's clock is set. */
  now(): number
  /** Milliseconds since the epoch, for telling: the machine's clock, which may step either way. */
  wall(): number
  /** Calls `ring` once, in `ms` or later. */
  after(ms: number, ring: () => void): Alarm
}

export interface Alarm {
  cancel(): void
}

/** setTimeout takes no more, and rings at once beyond it. */
const LONGEST_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  after(ms, ring) {
    const timeout = setTimeout(ring, Math.min(ms, LONGEST_MS))
    return { cancel: () => clearTimeout(timeout) }
  },
}
