/** What the store writer knows of the store, for whoever answers for this process's health. */
export interface StoreHealth {
  /** `up` once everybody is written, `down` from a failure until then. */
  state: "starting" | "up" | "down"
  /** When that began, in milliseconds since the epoch. */
  since: number
  /** The last failure in a line, also after it has passed. */
  lastError?: string
  /** Changes that are not known to be written; while the store is away, they are not counted. */
  pending: number
}

export function startingHealth(now: number = Date.now()): StoreHealth {
  return { state: "starting", since: now, pending: 0 }
}
