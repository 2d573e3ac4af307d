/** How many pages may wait for their turn; one more is refused. */
export const maxWaiting = 500

/** Lets one page be made per turn of the event loop, so that sockets are served between any two pages. */
export class PageTurns {
  readonly #waiting: (() => void)[] = []

  get isFull(): boolean {
    return this.#waiting.length >= maxWaiting
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#waiting.push(resolve) === 1) setImmediate(() => this.#give())
    })
  }

  #give(): void {
    this.#waiting.shift()?.()
    if (this.#waiting.length > 0) setImmediate(() => this.#give())
  }
}
