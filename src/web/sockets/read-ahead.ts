/** Frames that came in one read and are yet to be handled, in order. */
export class ReadAhead {
  readonly #frames: (string | Uint8Array)[]
  #next = 0

  constructor(first: string | Uint8Array) {
    this.#frames = [first]
  }

  push(frame: string | Uint8Array): void {
    this.#frames.push(frame)
  }

  take(): string | Uint8Array | undefined {
    return this.#frames[this.#next++]
  }
}
