/** The store's state as its writer knows it, for the health checks. */
export interface StoreHealth {
  /** `up` once everybody is written, `down` from a failure until then. */
  state: "starting" | "up" | "down"
  /** The start of this state, in milliseconds since the epoch. */
  since: number
  /** The last failure in one line, also after recovery. */
  lastError?: string
  /** Changes not yet confirmed as written; not counted while the store is away. */
  pending: number
}

export function startingHealth(now: number = Date.now()): StoreHealth {
  return { state: "starting", since: now, pending: 0 }
}
