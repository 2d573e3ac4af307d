import { type LineSink, LogStream } from "./log-stream.ts"
import { TerminalSink } from "./terminal-sink.ts"

export type LogLevel = "debug" | "info" | "warn" | "error"

/** Writes one line; fields never hold content, names or keys. */
export type Log = (
  level: LogLevel,
  message: string,
  fields?: Record<string, string | number | boolean>,
) => void

const order = ["debug", "info", "warn", "error", "silent"] as const

/** The streams of this process. */
export const standardOutput = new LogStream(sinkOf(process.stdout, 1))
const standardError = new LogStream(sinkOf(process.stderr, 2))

/** Makes a log of plain lines: time, level, message, fields. Warnings and errors go to standard error. */
export function createLog(least: LogLevel | "silent"): Log {
  return (level, message, fields = {}) => {
    if (order.indexOf(level) < order.indexOf(least)) return
    const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${value}`)
    const stream = level === "warn" || level === "error" ? standardError : standardOutput
    stream.write(`${new Date().toISOString()} ${level} ${message}${rest.join("")}`)
  }
}

function sinkOf(stream: NodeJS.WriteStream, fd: number): LineSink {
  return (stream.isTTY ? TerminalSink.open(fd) : undefined) ?? stream
}

/** Lines lost since the start. */
export function lostLines(): number {
  return standardOutput.lost + standardError.lost
}

/** The kind and place of an error, without its text, which could quote a message. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  // The stack begins with the error's text.
  const stack = typeof error.stack === "string" ? error.stack.replace(error.message, "") : ""
  const frame = stack.split("\n").find((line) => line.includes("/src/"))
  return `${error.name}${frame === undefined ? "" : ` ${frame.trim()}`}`
}
