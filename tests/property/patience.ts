const longestMs = 10_000

/** Waits for what a client is to hear: woken by each frame, and only so long. */
export class Patience {
  #wakers: (() => void)[] = []

  /** Something was heard. */
  wake(): void {
    for (const wake of this.#wakers.splice(0)) wake()
  }

  /** `isTrue` is asked at every waking, and may throw. Rejects after ten seconds. */
  async until(what: string, isTrue: () => boolean): Promise<void> {
    const late = Promise.withResolvers<never>()
    const alarm = setTimeout(() => late.reject(new Error(`waited in vain: ${what}`)), longestMs)
    try {
      while (!isTrue()) {
        await Promise.race([new Promise<void>((resolve) => this.#wakers.push(resolve)), late.promise])
      }
    } finally {
      clearTimeout(alarm)
    }
  }
}
