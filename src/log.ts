export type LogLevel = "debug" | "info" | "warn" | "error"

/** Writes one line; the fields are never content, names or keys. */
export type Log = (
  level: LogLevel,
  message: string,
  fields?: Record<string, string | number | boolean>,
) => void

const order = ["debug", "info", "warn", "error", "silent"] as const

/** A log of plain lines: time, level, message, fields. Warnings and errors go to standard error. */
export function createLog(least: LogLevel | "silent"): Log {
  return (level, message, fields = {}) => {
    if (order.indexOf(level) < order.indexOf(least)) return
    const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${value}`)
    const line = `${new Date().toISOString()} ${level} ${message}${rest.join("")}\n`
    if (level === "warn" || level === "error") process.stderr.write(line)
    else process.stdout.write(line)
  }
}
