/** What may wait for a reader, in bytes. */
const mostWaiting = 262_144
const longestLine = 2_000

/** The part of Node's streams that a log needs; `written` is called once the line was taken, or was not. */
export interface LineSink {
  write(text: string, written: (error?: Error | null) => void): unknown
  on(event: "error", listener: () => void): unknown
}

/**
 * A stream of lines that never holds its writer up, and never ends it: when the reader has ended, the disk is full, or
 * nobody reads, lines are lost and counted, and the count is the first line that is taken again.
 */
export class LogStream {
  #waiting = 0
  #lost = 0
  /** Lost, and not yet told of. */
  #untold = 0

  constructor(
    readonly sink: LineSink,
    readonly limit: number = mostWaiting,
  ) {
    // Each write tells its own failure; without a listener the event ends the process.
    sink.on("error", () => {})
  }

  /** Lines that nobody took, since the start. */
  get lost(): number {
    return this.#lost
  }

  write(line: string): void {
    const text = `${oneLine(line)}\n`
    if (this.#waiting + Buffer.byteLength(text) > this.limit) return this.#lose()
    if (this.#untold > 0) this.#tellOfLost()
    this.#send(text, () => this.#lose())
  }

  #tellOfLost(): void {
    const lines = this.#untold
    this.#untold = 0
    const text = `${new Date().toISOString()} warn lines of this log were lost lines=${lines}\n`
    this.#send(text, () => {
      this.#untold += lines
    })
  }

  #send(text: string, failed: () => void): void {
    const bytes = Buffer.byteLength(text)
    this.#waiting += bytes
    this.sink.write(text, (error) => {
      this.#waiting -= bytes
      if (error) failed()
      else if (this.#untold > 0 && this.#waiting === 0) this.#tellOfLost()
    })
  }

  #lose(): void {
    this.#lost++
    this.#untold++
  }
}

/** What a field holds could otherwise pass for a line of its own, or move the cursor of whoever reads it. */
function oneLine(text: string): string {
  return text.slice(0, longestLine).replaceAll(/[\p{Cc}\u2028\u2029]/gu, " ")
}
