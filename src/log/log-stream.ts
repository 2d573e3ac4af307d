/** How much may wait for a reader, in bytes. */
const maxWaiting = 262_144
const maxLine = 2_000

/** The part of Node's streams that a log needs; `written` is called after a line was written or failed. */
export interface LineSink {
  write(text: string, written: (error?: Error | null) => void): unknown
  on(event: "error", listener: () => void): unknown
}

/**
 * A stream of lines that never blocks and never ends the process: when the reader has ended or does not read, or the
 * disk is full, lines are lost and counted, and the first line written afterwards tells the count.
 */
export class LogStream {
  #waiting = 0
  #lost = 0
  /** Lost lines that are not reported yet. */
  #unreported = 0

  constructor(
    readonly sink: LineSink,
    readonly limit: number = maxWaiting,
  ) {
    // Each write reports its own failure; without a listener the event ends the process.
    sink.on("error", () => {})
  }

  /** Lines lost since the start. */
  get lost(): number {
    return this.#lost
  }

  write(line: string): void {
    const text = `${oneLine(line)}\n`
    if (this.#waiting + Buffer.byteLength(text) > this.limit) return this.#lose()
    if (this.#unreported > 0) this.#reportLost()
    this.#send(text, () => this.#lose())
  }

  #reportLost(): void {
    const lines = this.#unreported
    this.#unreported = 0
    const text = `${new Date().toISOString()} warn lines of this log were lost lines=${lines}\n`
    this.#send(text, () => {
      this.#unreported += lines
    })
  }

  #send(text: string, failed: () => void): void {
    const bytes = Buffer.byteLength(text)
    this.#waiting += bytes
    this.sink.write(text, (error) => {
      this.#waiting -= bytes
      if (error) failed()
      else if (this.#unreported > 0 && this.#waiting === 0) this.#reportLost()
    })
  }

  #lose(): void {
    this.#lost++
    this.#unreported++
  }
}

/** Removes control characters: a field could otherwise look like a line of its own, or move a terminal's cursor. */
function oneLine(text: string): string {
  return text.slice(0, maxLine).replaceAll(/[\p{Cc}\u2028\u2029]/gu, " ")
}
