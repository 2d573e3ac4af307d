import { expect, test } from "bun:test"
import { LogStream } from "../../src/log/log-stream.ts"

type Taken = (error?: Error) => void

/** A reader that takes lines when the test says so. */
class TestSink {
  readonly lines: string[] = []
  #waiting: { text: string; taken: Taken }[] = []

  write(text: string, taken: Taken): void {
    this.#waiting.push({ text, taken })
  }

  on(): void {}

  /** Takes all lines that wait, and those written meanwhile. */
  read(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      this.lines.push(next.text)
      next.taken()
    }
  }

  fail(): void {
    for (const { taken } of this.#waiting.splice(0)) taken(new Error("ENOSPC"))
  }
}

const told = (lines: number) =>
  expect.stringMatching(new RegExp(` warn lines of this log were lost lines=${lines}\n$`))

test("a line stays one line, whatever it holds, and has a bounded length", () => {
  const sink = new TestSink()
  const log = new LogStream(sink)
  log.write("one\nanother\r\x1b[31mred\u2028end")
  log.write("x".repeat(10_000))
  sink.read()
  expect(sink.lines[0]).toBe("one another  [31mred end\n")
  expect(sink.lines[1]).toHaveLength(2_001)
})

test("unread lines are kept up to a bound; further ones are lost, and their count is written when somebody reads again", () => {
  const sink = new TestSink()
  const log = new LogStream(sink, 10)
  for (const line of ["1234", "5678", "9", "10", "11"]) log.write(line)
  expect(log.lost).toBe(3)
  sink.read()
  expect(sink.lines).toEqual(["1234\n", "5678\n", told(3)])
  log.write("12")
  sink.read()
  expect(sink.lines.at(-1)).toBe("12\n")
  expect(log.lost).toBe(3)
})

test("lines that a full disk refuses are counted, and the count is written before the next line", () => {
  const sink = new TestSink()
  const log = new LogStream(sink)
  for (const line of ["a", "b", "c"]) {
    log.write(line)
    sink.fail()
  }
  expect(log.lost).toBe(3)
  log.write("d")
  sink.read()
  expect(sink.lines).toEqual([told(3), "d\n"])
  expect(log.lost).toBe(3)
})
