/** The store did not answer in time; it may have hung. */
export class StoreTimeout extends Error {
  readonly code = "STORE_TIMEOUT"

  constructor(work: string, ms: number) {
    super(`${work} took longer than ${ms} ms`)
  }
}

/** Rejects with `StoreTimeout` after `ms`. The work itself goes on: its owner must cancel it. */
export async function within<T>(ms: number, work: string, promise: Promise<T>): Promise<T> {
  const expired = Promise.withResolvers<never>()
  const timer = setTimeout(() => expired.reject(new StoreTimeout(work, ms)), ms)
  try {
    return await Promise.race([promise, expired.promise])
  } finally {
    clearTimeout(timer)
  }
}
