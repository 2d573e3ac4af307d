/** Pages that may wait for their turn; one more is refused. */
export const waitingAtMost = 500

/** Has one page made a turn of the loop, so that sockets are served between any two, however many are asked for. */
export class PageTurns {
  readonly #waiting: (() => void)[] = []

  get isFull(): boolean {
    return this.#waiting.length >= waitingAtMost
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
