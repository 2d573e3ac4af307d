import { constants, openSync, writeSync } from "node:fs"
import type { LineSink } from "./log-stream.ts"

const retryMs = 50

type Write = (fd: number, bytes: Uint8Array) => number

/**
 * A terminal for lines. Ctrl+S or a selection stops a terminal, and a blocking write would then stop the chat. So this
 * opens the terminal again, without blocking, and writes as it has room.
 */
export class TerminalSink implements LineSink {
  readonly #waiting: { bytes: Uint8Array; readonly written: (error?: Error) => void }[] = []
  #full = false

  constructor(
    readonly fd: number,
    readonly writeNow: Write = writeSync,
  ) {}

  /** `undefined` where the terminal cannot be opened again. */
  static open(fd: number): TerminalSink | undefined {
    const path = process.platform === "linux" ? `/proc/self/fd/${fd}` : "/dev/tty"
    try {
      return new TerminalSink(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY))
    } catch {
      return undefined
    }
  }

  write(text: string, written: (error?: Error) => void): void {
    this.#waiting.push({ bytes: Buffer.from(text), written })
    if (!this.#full) this.#flush()
  }

  /** Does nothing: each write reports its own failure. */
  on(): void {}

  #flush(): void {
    for (let line = this.#waiting[0]; line !== undefined; line = this.#waiting[0]) {
      const failure = this.#advance(line)
      if (failure === undefined && line.bytes.length > 0) continue
      if (failure !== undefined && "code" in failure && failure.code === "EAGAIN") return this.#retryLater()
      this.#waiting.shift()
      line.written(failure)
    }
  }

  #advance(line: { bytes: Uint8Array }): Error | undefined {
    try {
      line.bytes = line.bytes.subarray(this.writeNow(this.fd, line.bytes))
      return undefined
    } catch (error) {
      return error instanceof Error ? error : new Error("the terminal cannot be written to")
    }
  }

  #retryLater(): void {
    this.#full = true
    const again = () => {
      this.#full = false
      this.#flush()
    }
    setTimeout(again, retryMs).unref()
  }
}
