import { version } from "../package.json"
import { readCommandLine } from "./command-line.ts"
import { type Config, ConfigError, readConfig } from "./config.ts"
import { Duet } from "./duet.ts"
import { forgetEnvFiles } from "./environment.ts"
import type { CountedErrors } from "./log/counted-errors.ts"
import { createLog, standardOutput } from "./log/log.ts"
import { catchUncaught } from "./log/uncaught-errors.ts"
import { endingSignals, ignoredHere, isImpatient } from "./signals.ts"

const invocation = readCommandLine(process.argv.slice(2), version)
if ("print" in invocation) {
  console.log(invocation.print)
} else if ("refuse" in invocation) {
  fail(invocation.refuse)
} else {
  await run(configure())
}

async function run(config: Config): Promise<void> {
  const uncaught = catchUncaught(createLog(config.LOG_LEVEL))
  const duet = new Duet(config, version)
  try {
    const port = await duet.start()
    for (const signal of ignoredHere) process.on(signal, () => {})
    for (const signal of endingSignals()) process.on(signal, () => void stop(signal, duet, uncaught))
    standardOutput.write(`Duet ${version} is at http://localhost:${port}  (stop it with Ctrl+C)`)
  } catch (error) {
    return fail(whyNotListening(error, config))
  }
}

let stoppingSince: number | undefined

/** The first signal drains; a later one exits at once. */
async function stop(signal: NodeJS.Signals, duet: Duet, uncaught: CountedErrors): Promise<void> {
  if (stoppingSince !== undefined) {
    if (isImpatient(signal, performance.now() - stoppingSince)) process.exit(1)
    return
  }
  stoppingSince = performance.now()
  await duet.stop().catch((error: unknown) => uncaught.add(error))
  process.exit(0)
}

function configure(): Config {
  forgetEnvFiles()
  try {
    return readConfig(process.env)
  } catch (error) {
    if (error instanceof ConfigError) return fail(`duet: ${error.message}`)
    throw error
  }
}

function whyNotListening(error: unknown, { PORT, HOST }: Config): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code === "EADDRINUSE") {
    return `duet: port ${PORT} is taken, perhaps by another Duet: stop that one, or choose another port: PORT=${PORT === 65535 ? 3000 : PORT + 1} bun start`
  }
  if (code === "EACCES") return `duet: you may not use port ${PORT}: choose one above 1023, like PORT=3000`
  return `duet: cannot listen on ${HOST}:${PORT}: ${error instanceof Error ? error.message : error}`
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
