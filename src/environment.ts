import { readFileSync } from "node:fs"

/**
 * Takes back what Bun added to the environment from a `.env` in the folder where it was started: that one is another
 * program's. `--no-env-file` and our bunfig.toml do so too, but whoever runs `bun …/duet/src/main.ts` from elsewhere
 * has neither. A file that was asked for by `--env-file` stays. Only Linux tells what a process was given; elsewhere
 * everything stays as it is.
 */
export function forgetEnvFiles(env: Record<string, string | undefined> = process.env): void {
  if (process.execArgv.some((argument) => argument.startsWith("--env-file"))) return
  const given = givenNames()
  if (given === undefined) return
  for (const name of Object.keys(env)) if (!given.has(name)) delete env[name]
}

function givenNames(): ReadonlySet<string> | undefined {
  try {
    const entries = readFileSync("/proc/self/environ", "utf8").split("\0")
    return new Set(entries.map((entry) => entry.slice(0, entry.indexOf("="))))
  } catch {
    return undefined
  }
}
