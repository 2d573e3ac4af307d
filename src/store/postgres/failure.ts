const longest = 300

/** Describes a failure in one line for a log or a health check: no query, no values, no password. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return "unknown failure"
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name
  const message = error.message.replaceAll(/:\/\/\S*@/g, "://***@").replaceAll(/\s+/g, " ")
  return message.includes(code) ? message.slice(0, longest) : `${code}: ${message}`.slice(0, longest)
}
